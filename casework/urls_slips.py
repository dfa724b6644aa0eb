"""三联单: at a desk, by link, on paper, and the public page of a neighbourhood."""

from django.urls import path

from .views import orders, slip_link, slip_print, slips

urlpatterns = [
    path("slips/", slips.slip_list, name="slip-list"),
    path("slips/new/", slips.slip_new, name="slip-new"),
    path("slips/print/", slip_print.slip_print, name="slip-print"),
    path("slips/blank/", slip_print.slip_blank, name="slip-blank"),
    path("slips/settings/", orders.slip_settings, name="slip-settings"),
    path("slips/settings/kinds/new/", orders.category_edit, name="slip-category-new"),
    path("slips/settings/kinds/<int:pk>/", orders.category_edit, name="slip-category"),
    path("slips/settings/pages/<int:pk>/", orders.order_switch, name="order-switch"),
    path("slips/<int:pk>/", slips.slip_detail, name="slip-detail"),
    path("slips/<int:pk>/send/", slips.slip_send, name="slip-send"),
    path("slips/<int:pk>/accept/", slips.slip_accept, name="slip-accept"),
    path("slips/<int:pk>/finish/", slips.slip_finish, name="slip-finish"),
    path("slips/<int:pk>/back/", slips.slip_give_back, name="slip-give-back"),
    path("slips/<int:pk>/callback/", slips.slip_call_back, name="slip-call-back"),
    path("slips/<int:pk>/drop/", slips.slip_drop, name="slip-drop"),
    path("slips/<int:pk>/link/", slips.slip_give_link, name="slip-give-link"),
    path("slips/<int:pk>/print/", slip_print.slip_print_one, name="slip-print-one"),
    path("slips/by-link/<int:pk>/", slip_link.slip_link, name="slip-link"),
    path("slips/by-link/<int:pk>/back/", slip_link.slip_link_back, name="slip-link-back"),
    path("slips/by-link/<int:pk>/resident/", slip_link.slip_link_resident, name="slip-link-resident"),
    path("slips/by-leader/<int:pk>/", slip_link.leader_order, name="leader-order"),
    path("order/", orders.order_ask, name="order-ask"),
    path("order/<int:pk>/", orders.order_page, name="order-page"),
    path("order/no/<str:code>/", orders.order_told, name="order-told"),
]
