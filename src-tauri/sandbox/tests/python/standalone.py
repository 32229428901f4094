"""Runs the stand-alone sandbox for a script, and makes clients for it."""

import base64
import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import boto3
import botocore.config

CLICKPIPES_ACCOUNT = "072088201116"


class Sandbox:
    def __init__(self, connection):
        self.connection = connection

    def client(self, service, region=None, access_key_id=None, keys=None):
        """A client with the account's keys, a stranger's ID, or the keys that STS gave out."""
        keys = keys or {}
        return boto3.client(
            service,
            region_name=region or self.connection["region"],
            endpoint_url=self.connection["aws_endpoint_url"],
            aws_access_key_id=access_key_id
            or keys.get("AccessKeyId")
            or self.connection["access_key_id"],
            aws_secret_access_key=keys.get("SecretAccessKey")
            or self.connection["secret_access_key"],
            aws_session_token=keys.get("SessionToken"),
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
        )

    def cloud(self, method, path, body=None):
        """One request to the Cloud API: its status and its envelope."""
        key = f"{self.connection['clickhouse_key_id']}:{self.connection['clickhouse_key_secret']}"
        headers = {"Authorization": "Basic " + base64.b64encode(key.encode()).decode()}
        return self._request(method, self.connection["clickhouse_url"] + path, body, headers)

    def control(self, method, path, body=None):
        url = self.connection["aws_endpoint_url"] + "/_sandbox" + path
        return self._request(method, url, body, {})[1]

    def advance(self, seconds):
        self.control("POST", "/clock", {"advance_seconds": seconds})

    @staticmethod
    def _request(method, url, body, headers):
        data = None if body is None else json.dumps(body).encode()
        headers = {**headers, "Content-Type": "application/json"}
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.loads(refusal.read() or b"{}")

    def wait(self, what, look, seconds=20):
        """Polls until `look` gives something that is not None."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found is not None:
                return found
            time.sleep(0.1)
        raise SystemExit(f"waited {seconds} s in vain for: {what}")


@contextlib.contextmanager
def sandbox(binary, *flags):
    process = subprocess.Popen(
        [binary, "--listen", "127.0.0.1:0", *flags], stdout=subprocess.PIPE, text=True
    )
    try:
        yield Sandbox(json.loads(process.stdout.readline()))
    finally:
        process.send_signal(signal.SIGTERM if os.name == "posix" else signal.CTRL_BREAK_EVENT)
        code = process.wait(timeout=20)
    if code != 0:
        raise SystemExit(f"the sandbox ended with {code}")
