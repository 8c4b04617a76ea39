"""The proxy to the clusters' dashboards: ``clusters/{id}/dashboard/…``, HTTP and websocket, to that one dashboard and to nothing else.

**Who may look.** A dashboard's pages run scripts that come from the cluster, on the origin of the Jupyter server. So every answer carries the policy
``sandbox allow-scripts …`` without ``allow-same-origin``: the browser gives the page an origin of its own, from where it can neither use the user's
cookies nor touch JupyterLab. The price is that nothing such a page loads carries a cookie, its websocket included. A page is therefore opened
below ``dashboard/~<ticket>/``: whoever Jupyter has authenticated and authorized is redirected there, and the pages, scripts, links and websockets
below, all of them relative, carry the ticket in their path. A ticket (:mod:`.tickets`) is random, opens one dashboard for reading, is authorized anew
at each use, and ends soon after its last one. The websocket takes the origin ``null`` with a ticket only; any other foreign origin is refused.

**What passes.** ``GET`` and ``HEAD``, so nothing is changed through it. Headers pass by allow-list (:mod:`.headers`), in both directions. Paths are
normalised (:mod:`.place`), redirects are kept within the dashboard (:mod:`.root`), pages are made to work below another path (:mod:`.html`).

**Why not jupyter-server-proxy.** Its ``ProxyHandler`` was read (4.6.0) and not used, since every part of it would have to be replaced: it speaks
plain ``http`` and ``ws`` only; it passes on the request's ``Cookie`` and ``Authorization``, and the answer's ``Set-Cookie`` and absolute redirects;
it holds whole answers in memory, and relays websockets without back-pressure; it authenticates, but does not authorize; it logs the URL that it
connects to, which holds the cluster's full name. And to install it is to switch on its own proxy to every port of the machine, which a deployment
may not want. What remains is what aiohttp, which the gateway's client uses anyway, and tornado's own websocket handler give.
"""
