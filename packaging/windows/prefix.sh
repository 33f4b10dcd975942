# For prove.sh and test.sh: makes a Windows under Wine in $WINEPREFIX, which
# leave() ends and throws away.
here=$(mktemp -d)
export WINEPREFIX="$here/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe='
export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent
unset DISPLAY WAYLAND_DISPLAY

leave() {
	packaging/windows/wine.sh wineserver -k 2>/dev/null || true
	packaging/windows/wine.sh wineserver -w 2>/dev/null || true
	rm -rf "$here"
}

printf 'Making a Windows\n' >&2
packaging/windows/wine.sh wineboot -i >/dev/null 2>&1 || true
packaging/windows/wine.sh wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f >/dev/null
