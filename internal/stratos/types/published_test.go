// Package types holds the generated message types of the chain. Its test
// compares them with those that the makers of the chain publish.
package types

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"

	gogo "github.com/cosmos/gogoproto/proto"
	pot "github.com/stratosnet/stratos-chain/api/stratos/pot/v1"
	register "github.com/stratosnet/stratos-chain/api/stratos/register/v1"
	sds "github.com/stratosnet/stratos-chain/api/stratos/sds/v1"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	_ "github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	_ "github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	_ "github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

var published = []protoreflect.FileDescriptor{
	pot.File_stratos_pot_v1_tx_proto, pot.File_stratos_pot_v1_pot_proto, pot.File_stratos_pot_v1_query_proto,
	pot.File_stratos_pot_v1_event_proto, pot.File_stratos_pot_v1_genesis_proto,
	register.File_stratos_register_v1_tx_proto, register.File_stratos_register_v1_register_proto,
	register.File_stratos_register_v1_query_proto, register.File_stratos_register_v1_event_proto,
	register.File_stratos_register_v1_genesis_proto,
	sds.File_stratos_sds_v1_tx_proto, sds.File_stratos_sds_v1_sds_proto, sds.File_stratos_sds_v1_query_proto,
	sds.File_stratos_sds_v1_event_proto,
}

// Every field has the number, the type and the name of the published one, and
// every method the same REST path.
func TestSameAsThePublishedTypes(t *testing.T) {
	for _, file := range published {
		ours, theirs := lines(registered(t, file.Path())), lines(protodesc.ToFileDescriptorProto(file))
		for _, name := range slices.Sorted(maps.Keys(theirs)) {
			if ours[name] != theirs[name] {
				t.Errorf("%s: %s is %q, published %q", file.Path(), name, ours[name], theirs[name])
			}
		}
		if len(ours) != len(theirs) {
			t.Errorf("%s: %d fields and methods, published %d", file.Path(), len(ours), len(theirs))
		}
	}
}

// registered is the file as this program has it.
func registered(t *testing.T, path string) *descriptorpb.FileDescriptorProto {
	t.Helper()
	packed, err := gzip.NewReader(bytes.NewReader(gogo.FileDescriptor(path)))
	if err != nil {
		t.Fatal(path, err)
	}
	raw, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(path, err)
	}
	file := &descriptorpb.FileDescriptorProto{}
	if err := proto.Unmarshal(raw, file); err != nil {
		t.Fatal(path, err)
	}
	return file
}

// lines says of every field and method what a wire or a caller sees of it.
func lines(file *descriptorpb.FileDescriptorProto) map[string]string {
	all := map[string]string{}
	for _, m := range file.MessageType {
		for _, f := range m.Field {
			all[m.GetName()+"."+f.GetName()] = fmt.Sprint(f.GetNumber(), f.GetType(), f.GetLabel(), f.GetTypeName())
		}
	}
	for _, s := range file.Service {
		for _, m := range s.Method {
			rule, _ := proto.GetExtension(m.GetOptions(), annotations.E_Http).(*annotations.HttpRule)
			all[s.GetName()+"/"+m.GetName()] = fmt.Sprint(m.GetInputType(), m.GetOutputType(), rule.GetGet())
		}
	}
	return all
}
