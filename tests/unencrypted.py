"""Requests to servers on this machine. None is encrypted, so that no list of authorities is read anew for each."""

from functools import partial

import httpx

request = partial(httpx.request, verify=False)
get = partial(httpx.get, verify=False)
post = partial(httpx.post, verify=False)
