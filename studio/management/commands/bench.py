"""`manage.py bench`: what every main page costs, at two sizes, as a ratio to a floor measured in between."""

import contextlib
import os
import sys
from time import monotonic

from django.core.management.base import BaseCommand

from studio.bench.fill import fill
from studio.bench.jobs import JOBS, spend
from studio.bench.measure import Stage, measure
from studio.bench.pages import PAGES
from studio.bench.report import Line, summary, table
from studio.bench.scene import scene
from studio.bench.scratch import exists, scratch, visiting
from studio.bench.search import SIZES, bench_search
from studio.bench.server import serving
from studio.bench.sizes import LARGE, SMALL, TOY_LARGE, TOY_SMALL
from studio.bootstrap.say import Stop

NAME = "studio_bench"


class Command(BaseCommand):
    help = "在临时数据库里量每个页面：CPU、墙钟、查询，和底线页面的倍数（docs/PERFORMANCE.md）"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--quick", action="store_true", help="只有几十条数据，几秒量完，数字不作准")
        parser.add_argument("--strict", action="store_true", help="有页面不达标就返回1")
        parser.add_argument("--keep", action="store_true", help="留下临时数据库；上次留下的直接用，不再填")
        parser.add_argument("--only", default="", metavar="WORD", help="只量名称或地址里有这个词的页面")
        parser.add_argument("--rounds", type=int, default=15, help="每个页面轮流量几轮，默认15")
        parser.add_argument("--name", default=NAME, help=f"临时数据库的名称开头，默认 {NAME}")
        parser.add_argument(
            "--search",
            nargs="?",
            const="1k,100k,1m",
            default="",
            metavar="1k,100k,1m",
            help="只量搜索：这些条数，和列表页、LIKE 比",
        )
        parser.add_argument("--template", default="", help="已经建好表的空库，从它复制，省去建表")

    def handle(self, *, quick, strict, keep, only, rounds, name, template, search, **options):
        if os.name != "posix":
            raise Stop("bench 要用 gunicorn，只能在 Linux 和 macOS 上运行")
        if search:
            self.search(search.lower().split(","), rounds=rounds, strict=strict)
            return
        sizes = (TOY_SMALL, TOY_LARGE) if quick else (SMALL, LARGE)
        pages = [page for page in PAGES if only in f"{page.label} {page.view}"]
        jobs = [job for job in JOBS if only in job.label]
        if jobs and not pages:
            self.work(jobs, name, template)
            return
        if not pages:
            raise Stop(f"没有哪个页面的名称里有“{only}”")
        with contextlib.ExitStack() as stack:
            self.prepare(stack, sizes, name, template, keep)
            stages = [self.stage(stack, size, name) for size in sizes]
            lines = []
            for page in pages:
                self.stderr.write(f"  量 {page.label}")
                effort = {"rounds": 1, "batch": 2} if quick else {"rounds": rounds}
                lines.append(Line(page, measure(page, stages, **effort)))
        self.stdout.write(table(lines))
        self.stdout.write(summary(lines, [size.name for size in sizes]))
        spent = self.work(jobs, name, template)
        if strict and (any(line.misses() for line in lines) or not all(one.kept for one in spent)):
            sys.exit(1)

    def search(self, sizes, *, rounds, strict):
        """Search at these sizes; see studio/bench/search.py."""
        unknown = [size for size in sizes if size not in SIZES]
        if unknown:
            raise Stop(f"没有“{unknown[0]}”这个条数，请写 {'、'.join(SIZES)}")
        all_kept = True
        for told, kept in bench_search(sizes, rounds=rounds, say=self.stderr.write):
            self.stdout.write(told)
            all_kept = all_kept and kept
        if strict and not all_kept:
            sys.exit(1)

    def work(self, jobs, name, template):
        """Do the jobs and print what they took; those that write, in a database of their own."""
        spent = [spend(job) for job in jobs if not job.database]
        if writing := [job for job in jobs if job.database]:
            with scratch(f"{name}_jobs", template=template) as made, visiting(made):
                spent += [spend(job) for job in writing]
        for one in spent:
            self.stdout.write(str(one))
        return spent

    def prepare(self, stack, sizes, name, template, keep):
        """Make and fill the databases that are not there yet."""
        missing = [size for size in sizes if not (keep and exists(f"{name}_{size.name}"))]
        if not missing:
            return
        self.stderr.write("建临时数据库")
        blank = template or stack.enter_context(scratch(f"{name}_blank"))
        for size in missing:
            begun = monotonic()
            made = stack.enter_context(scratch(f"{name}_{size.name}", template=blank, keep=keep))
            with visiting(made):
                fill(size)
            self.stderr.write(f"填好 {size.name}，用了{monotonic() - begun:.0f}秒")

    def stage(self, stack, size, name):
        database = f"{name}_{size.name}"
        with visiting(database):
            site, chosen = stack.enter_context(serving()), scene()
        return Stage(size.name, database, site, chosen)
