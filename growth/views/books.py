"""打印成册 and 导出Word of one growth file; the owner takes the own file away here at any time."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.word_sheet import word_answer

from ..file_book import book_of
from ..file_word import book_document
from ..forms.files import BookForm
from .files import open_file
from .next_steps import learning_studio


@require_safe
def file_print(request, pk):
    person = open_file(request, pk)
    form = BookForm(request.GET or None)
    book = book_of(request.user, person, **form.period())
    context = {
        "book": book,
        "whose": person,
        "own": person == request.user,
        "filter_form": form,
        "query": request.GET.urlencode(),
        "studio": learning_studio(person),
    }
    return render(request, "growth/file/print.html", context)


@require_safe
def file_word(request, pk):
    person = open_file(request, pk)
    book = book_of(request.user, person, **BookForm(request.GET or None).period())
    studio = learning_studio(person)
    return word_answer(book_document(book, studio.name if studio else ""), f"成长档案_{person.name}.docx")
