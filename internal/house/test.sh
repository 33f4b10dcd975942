#!/bin/sh
# Run the tests: `make test`, or with "nightly" the long random suites as well.
#
# The race detector covers everything but the rooms that hold the chain, which
# would have to be compiled a second time, a thousand packages of others, the
# merge and the scheduler of the player, which are pure and have many cases to go
# through, the simulated world, which lets one goroutine run at a time, and the
# tray, whose library races with itself. The gateway, whose walk through large
# files takes minutes with it, and the pages that only draw are raced at night
# only.
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}
mode=${1:-}

chain='/internal/localnet$|/internal/localnet/(chain|faucet|report|oracle)|/internal/stratos/types|/cmd/stosnet|/sync/plan$|/sync/sim$|/player/fetch$|/ui/tray$'
pages='/ui$|/ui/(activity|ask|care|confirm|creator|explorer|gallery|language|network|nodes|onboard|order|palette|picker|received|settings|shared|stakepage|theme|viewer|walletpage|widgets)$'
[ "$mode" = nightly ] || chain="$chain|/internal/localnet/gateway|$pages"
all=$($GO list ./...)
plain=$(printf '%s\n' "$all" | grep -E "$chain" || true)
raced=$(printf '%s\n' "$all" | grep -vE "$chain")

# Programs under test must never find, or start, a session bus of this machine.
export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent

timeout=60m
if [ "$mode" = nightly ]; then
	export STOS_NIGHTLY=1
	timeout=10h
fi

status=0
started=$(date +%s)
printf 'Building the programs that the tests start\n'
mkdir -p bin
$GO build -o bin/ ./cmd/... || exit 1
printf 'Built in %s s\n' "$(($(date +%s) - started))"
# shellcheck disable=SC2086
$GO test -timeout $timeout $plain || status=1
# shellcheck disable=SC2086
$GO test -race -timeout $timeout $raced || status=1
printf 'All tests took %s s\n' "$(($(date +%s) - started))"
exit $status
