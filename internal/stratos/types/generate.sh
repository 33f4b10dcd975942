#!/bin/sh
# Writes the Go code of the proto files below proto/ again: *.pb.go and
# *.pb.gw.go. It needs protoc and Go; plugins and imported proto files come
# from the Go modules that go.mod names. Run it from anywhere.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dir() { go list -m -f '{{.Dir}}' "$1"; }
version() { go list -m -f '{{.Version}}' "$1"; }
sdk=$(dir github.com/cosmos/cosmos-sdk)
gogo=$(dir github.com/cosmos/gogoproto)
scalars=$(dir github.com/cosmos/cosmos-proto)
gateway=$(dir github.com/grpc-ecosystem/grpc-gateway)

GOBIN="$work/bin" go install "github.com/cosmos/gogoproto/protoc-gen-gocosmos@$(version github.com/cosmos/gogoproto)"
GOBIN="$work/bin" go install "github.com/grpc-ecosystem/grpc-gateway/protoc-gen-grpc-gateway@$(version github.com/grpc-ecosystem/grpc-gateway)"

any=Mgoogle/protobuf/any.proto=github.com/cosmos/gogoproto/types/any
for folder in stratos/crypto/v1/ethsecp256k1 stratos/sds/v1 stratos/register/v1 stratos/pot/v1 stratosdrive/creator/v1; do
	PATH="$work/bin:$PATH" protoc \
		-I proto -I "$sdk/proto" -I "$gogo" -I "$gogo/protobuf" -I "$scalars/proto" \
		-I "$gateway/third_party/googleapis" \
		--gocosmos_out="plugins=grpc,$any:$work" \
		--grpc-gateway_out="logtostderr=true,allow_colon_final_segments=true:$work" \
		"proto/$folder"/*.proto
done

made="$work/github.com/stratosdrive/stratosdrive/internal/stratos/types"
for package in ethsecp256k1 sds register pot creator; do
	mkdir -p "$package"
	cp "$made/$package"/*.go "$package/"
done
