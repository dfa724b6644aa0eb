"""A row of 人员名册. A page has fifty, with a dozen words each: in the template they would cost most."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def roster_row(person):
    """The `<tr>` of one person, with `roles_here` (labels)."""
    closed = "" if person.is_active else mark_safe(' <span class="quiet small">不能登录</span>')
    return format_html(
        '<tr><td data-label="登录卡"><input type="checkbox" name="person" value="{pk}" id="card-{pk}">'
        '<label for="card-{pk}"><span class="visually-hidden">给{name}</span>印一张</label></td>'
        '<th scope="row"><a href="{}">{name}</a>{}</th><td data-label="角色">{}</td>'
        '<td data-label="居民区或单位">{}</td><td data-label="职务">{}</td>'
        '<td data-label="手机"><a href="tel:{mobile}">{mobile}</a></td></tr>',
        person.get_absolute_url(),
        closed,
        "、".join(person.roles_here),
        person.place or "—",
        person.post or "—",
        pk=person.pk,
        name=person.name,
        mobile=person.mobile,
    )
