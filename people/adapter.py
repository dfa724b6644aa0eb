"""What allauth asks of us: nobody signs up on their own, and the mobile number is the user name."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
