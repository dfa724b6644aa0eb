"""Setting where reminders go."""

from django.db import transaction

from .. import vault
from ..models import Channel, ReminderChoice
from ..stale import StaleEdit, save_version


def channel_of(studio):
    """The studio's Channel; one of version 0, not in the database, where nothing was set."""
    return Channel.objects.filter(studio=studio).first() or Channel(studio=studio, version=0)


def choice_of(person):
    return ReminderChoice.objects.filter(person=person).first() or ReminderChoice(person=person, version=0)


@transaction.atomic
def set_channel(channel, *, secret=""):
    """Keep the channel as it stands; a `secret` replaces the robot's, sealed."""
    if secret:
        channel.robot = vault.seal(secret)
    _keep(channel, ["robot_on", "mail_on", "mail_to"], unshown=["robot"])
    return channel


@transaction.atomic
def set_choice(choice):
    _keep(choice, ["digest", "mail"])
    return choice


def _keep(row, shown, unshown=()):
    if row.pk is None:
        row.version = 1
        row.save(force_insert=True)
        return
    try:
        save_version(row, [*shown, *unshown])
    except StaleEdit as stale:
        raise StaleEdit(stale.current, shown) from stale


@transaction.atomic
def rotate():
    """Write the robots' secrets anew with the first key; how many."""
    kept = Channel.objects.select_for_update().exclude(robot="")
    for channel in kept:
        Channel.objects.filter(pk=channel.pk).update(robot=vault.reseal(channel.robot))
    return len(kept)
