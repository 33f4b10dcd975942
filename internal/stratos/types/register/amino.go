package register

import (
	"encoding/json"
	"io"

	"cosmossdk.io/x/tx/signing/aminojson"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// DefineAmino adds to an encoder of amino JSON how the real chain writes a
// [Description]: with its empty parts, too.
func DefineAmino(enc aminojson.Encoder) aminojson.Encoder {
	return enc.DefineTypeEncoding("stratos.register.v1.Description", writeDescription)
}

func writeDescription(_ *aminojson.Encoder, m protoreflect.Message, w io.Writer) error {
	parts := map[string]string{}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		parts[string(fields.Get(i).Name())] = m.Get(fields.Get(i)).String()
	}
	raw, err := json.Marshal(parts)
	if err == nil {
		_, err = w.Write(raw)
	}
	return err
}
