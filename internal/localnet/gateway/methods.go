package gateway

import (
	"encoding/json"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// methodTable is the user namespace of the reference, version 0.12.11.
func (g *Gateway) methodTable() map[string]method {
	return map[string]method{
		wire.MethodGetOzone:       handle(g.getOzone),
		wire.MethodUpload:         handle(g.requestUpload),
		wire.MethodUploadStream:   handle(g.requestUploadStream),
		wire.MethodUploadData:     handle(g.uploadData),
		wire.MethodUploadSign:     handle(g.uploadSign),
		wire.MethodFileStatus:     handle(g.fileStatus),
		wire.MethodDownload:       handle(g.requestDownload),
		wire.MethodDownloadData:   handle(g.downloadData),
		wire.MethodDownloadedInfo: handle(g.downloadedInfo),
		wire.MethodVideoDownload:  handle(g.requestVideoDownload),
		wire.MethodVideoShared:    handle(g.requestVideoShared),
		wire.MethodSliceData:      handle(g.requestSliceData),
		wire.MethodDelete:         handle(g.requestDelete),
		wire.MethodList:           handle(g.requestList),
		wire.MethodShare:          handle(g.requestShare),
		wire.MethodListShare:      handle(g.requestListShare),
		wire.MethodStopShare:      handle(g.requestStopShare),
		wire.MethodGetShared:      handle(g.requestGetShared),
		wire.MethodClearExpired:   handle(g.requestClearExpired),
		wire.MethodServiceStatus:  handle(g.serviceStatus),
		wire.MethodModules:        modules,
	}
}

// modules lists the namespaces; it takes no params.
func modules(*call, json.RawMessage) (any, *wire.RPCError) {
	return map[string]string{"rpc": "1.0", "user": "1.0"}, nil
}

// serviceStatus is answered from memory and good as a sign of life.
func (g *Gateway) serviceStatus(*call, wire.ServiceStatusParams) any {
	return wire.ServiceStatusResult{
		Return:  wire.Success.String(),
		Message: "Registration Status: Registered | Mining: ONLINE ",
	}
}
