#!/bin/sh
# Becomes nats-server (same pid). It gets its own session, so that Ctrl-C stops it last and not first, and the kernel
# ends it when the launcher dies without a chance to do so. Where the tools are missing, the next start clears up.
if command -v setsid >/dev/null && setpriv --pdeathsig TERM true 2>/dev/null; then
  exec setpriv --pdeathsig TERM setsid "$AFTERCARE_NATS_SERVER" "$@"
fi
exec "$AFTERCARE_NATS_SERVER" "$@"
