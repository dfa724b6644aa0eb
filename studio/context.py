"""What every page shows around its content."""


def frame(request):
    return {"frame": {}, "text_size": getattr(request, "text_size", "")}
