#!/bin/sh
# Sign one program for Windows (Authenticode), in place:
#
#   SIGN_KEY=key.pem SIGN_CERT=chain.pem packaging/windows/sign.sh FILE.exe
#
#   SIGN_PASSWORD=file   where the key is encrypted: the file with its password
#   SIGN_TIME=url        asks this server for the time (RFC 3161), so that the
#                        signature outlives the certificate
#
# A key in hardware is used by a script of your own in the place of this one.
set -eu
file=${1:?file}
: "${SIGN_KEY:?the key to sign with}" "${SIGN_CERT:?the certificate of the key}"
set -- -in "$file" -out "$file.signed" -h sha256 -key "$SIGN_KEY" -certs "$SIGN_CERT" \
	-n "Stratos Drive" -i https://github.com/stratosdrive/stratosdrive
[ -z "${SIGN_PASSWORD:-}" ] || set -- "$@" -readpass "$SIGN_PASSWORD"
[ -z "${SIGN_TIME:-}" ] || set -- "$@" -ts "$SIGN_TIME"
osslsigncode sign "$@" >/dev/null
mv "$file.signed" "$file"
