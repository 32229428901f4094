"""Turns what the measurements printed into one table and one JSON file; with a README as argument, puts the
table between its markers. With --discovery it knows of the discoveries only, and only prints their table."""

import json
import os
import pathlib
import re
import statistics
import sys

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def read(folder):
    window = next(
        line.split("FIGURES ", 1)[1]
        for line in (folder / "window.txt").read_text().splitlines()
        if "FIGURES " in line
    )
    return json.loads(window), json.loads((folder / "journal.txt").read_text())


def read_discovery(folder):
    return json.loads((folder / "discovery.txt").read_text())


def row(what, value, beside, budget, kept):
    return {"what": what, "value": value, "beside": beside, "budget": budget, "kept": kept}


def discovery_rows(discovery):
    account = discovery["account"]
    balancers, listeners = account["networkLoadBalancers"], account["mostListeners"]
    lines = []
    for name, what in {
        "region": f"Discovery of a region with {account['clusters']} MSK clusters, 100 ms more per call",
        "cluster": "… of all around one of its MSK clusters",
        "serverless cluster": "… of all around a serverless one",
        "around": f"… of its {balancers} load balancers, {account['targetGroups']} target groups and "
                  f"{account['endpointServices']} endpoint services",
        "load balancer": "… of one load balancer in full, right after that",
        "largest load balancer": f"… of the one with {listeners} listeners, which waits to keep to half of AWS's bucket",
    }.items():
        one = discovery["discoveries"][name]
        found = statistics.median(one["milliseconds"])
        chain = one["longestChain"] * discovery["delayMilliseconds"]
        calls = sum(one["calls"].values())
        waits = name == "largest load balancer"
        lines.append(row(
            what, f"{found:.0f} ms",
            f"{found / chain:.2f}x its longest chain ({one['longestChain']} of {calls} calls, {chain} ms)",
            "–" if waits else "at most 1.25x", None if waits else found <= 1.25 * chain,
        ))
    region = discovery["discoveries"]["region"]
    sequential = statistics.median(discovery["sequentialMilliseconds"])
    times = sequential / statistics.median(region["milliseconds"])
    lines.insert(1, row("The same calls one after the other, by boto3", f"{sequential:.0f} ms",
                        f"{times:.1f}x as long ({sum(region['calls'].values())} calls)", "–", None))
    drawn = discovery["drawn"]
    most = max(drawn.values(), key=lambda it: it["taken"] / it["capacity"])
    share = most["taken"] / most["capacity"]
    lines.append(row(
        "Most that all of these draw from a request bucket of AWS", f"{100 * share:.0f} %",
        "; ".join(f"{service}: {it['taken']:.0f} of {it['capacity']}" for service, it in sorted(drawn.items()))
        + "; not documented: " + ", ".join(sorted(discovery["bucketNotKnown"])),
        "at most half", share <= 0.5,
    ))
    return lines


def rows(folder):
    window, journal = read(folder)
    start = statistics.median(window["firstRowsMilliseconds"])
    bare = statistics.median(window["bareStartMilliseconds"])
    own, bare_own = ({kind: kib / 1024 for kind, kib in window[name].items()} for name in ("idleKib", "bareIdleKib"))
    package = (folder / "pipelink.deb").stat().st_size / 1_000_000
    overhead = 100 * journal["appMilliseconds"] / journal["runMilliseconds"]
    return [
        row("Start to first endpoint rows", f"{start:.0f} ms",
            f"{start / bare:.2f}x a bare Tauri window ({bare:.0f} ms)", "at most 2x", start <= 2 * bare),
        *discovery_rows(read_discovery(folder)),
        row("Journal, per step of a run", f"{journal['millisecondsPerStep']:.1f} ms",
            f"{journal['writesPerStep']:.1f} writes", "–", None),
        row("The journal's part of a run", f"{overhead:.2f} %",
            f"of {journal['runMilliseconds'] / 1000:.0f} s at the pace of the sandbox's AWS", "under 5 %", overhead < 5),
        row("Own process when idle, with its share of what it has in common with others",
            f"{own['proportional']:.0f} MiB",
            f"a bare Tauri window: {bare_own['proportional']:.0f} MiB; "
            f"resident: {own['resident']:.0f} and {bare_own['resident']:.0f} MiB",
            "under 150 MB", own["proportional"] * 1.048576 < 150),
        row("Installer (.deb)", f"{package:.1f} MB", "", "under 20 MB", package < 20),
    ]


def table(lines):
    head = ["What", "Measured", "Beside", "Budget"]
    body = [
        [line["what"], line["value"], line["beside"],
         line["budget"] + {True: ": kept", False: ": **missed**", None: ""}[line["kept"]]]
        for line in lines
    ]
    widths = [max(len(cells[column]) for cells in [head, *body]) for column in range(4)]
    draw = lambda cells: "| " + " | ".join(c.ljust(w) for c, w in zip(cells, widths)) + " |"
    return "\n".join([draw(head), "|" + "|".join("-" * (w + 2) for w in widths) + "|", *map(draw, body)])


def main():
    folder = pathlib.Path(os.environ["PIPELINK_BENCH_FOLDER"])
    if sys.argv[1:] == ["--discovery"]:
        print(table(discovery_rows(read_discovery(folder))))
        return 0
    lines = rows(folder)
    text = table(lines)
    window, journal = read(folder)
    discovery = read_discovery(folder)
    measured = {"table": lines, "window": window, "discovery": discovery, "journal": journal}
    (folder / "figures.json").write_text(json.dumps(measured, indent=2) + "\n")
    print(text)
    print(json.dumps(measured))
    for readme in map(pathlib.Path, sys.argv[1:]):
        before = readme.read_text()
        pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
        if not pattern.search(before):
            return f"{readme} has no place for the figures: {BEGIN} and {END}"
        readme.write_text(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", before))
    return 0


if __name__ == "__main__":
    sys.exit(main())
