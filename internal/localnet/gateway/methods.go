package gateway

import (
	"encoding/json"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// methodTable is the user namespace of the reference, version 0.12.11. The
// other one that it has, owner, is off unless somebody switches it on, and so
// are its methods here: they do not exist.
func (g *Gateway) methodTable() map[string]method {
	return map[string]method{
		wire.MethodGetOzone:       handle("ParamReqGetOzone", g.getOzone),
		wire.MethodUpload:         handle("ParamReqUploadFile", g.requestUpload),
		wire.MethodUploadStream:   handle("ParamReqUploadFile", g.requestUploadStream),
		wire.MethodUploadData:     handle("ParamUploadData", g.uploadData),
		wire.MethodUploadSign:     handle("ParamUploadSign", g.uploadSign),
		wire.MethodFileStatus:     handle("ParamGetFileStatus", g.fileStatus),
		wire.MethodDownload:       handle("ParamReqDownloadFile", g.requestDownload),
		wire.MethodDownloadData:   handle("ParamDownloadData", g.downloadData),
		wire.MethodDownloadedInfo: handle("ParamDownloadFileInfo", g.downloadedInfo),
		wire.MethodVideoDownload:  handle("ParamReqDownloadFile", g.requestVideoDownload),
		wire.MethodVideoShared:    handle("ParamReqGetShared", g.requestVideoShared),
		wire.MethodSliceData:      handle("ParamReqDownloadData", g.requestSliceData),
		wire.MethodDelete:         handle("ParamReqDeleteFile", g.requestDelete),
		wire.MethodList:           handle("ParamReqFileList", g.requestList),
		wire.MethodShare:          handle("ParamReqShareFile", g.requestShare),
		wire.MethodListShare:      handle("ParamReqListShared", g.requestListShare),
		wire.MethodStopShare:      handle("ParamReqStopShare", g.requestStopShare),
		wire.MethodGetShared:      handle("ParamReqGetShared", g.requestGetShared),
		wire.MethodClearExpired:   handle("ParamReqClearExpiredShareLinks", g.requestClearExpired),
		wire.MethodServiceStatus:  handle("ParamReqServiceStatus", g.serviceStatus),
		wire.MethodModules:        modules,
	}
}

// modules lists the namespaces; it takes no params.
func modules(_ *call, raw json.RawMessage) (any, *wire.RPCError) {
	args, err := splitParams(raw)
	if err == nil && len(args) > 0 {
		err = errors.New("too many arguments, want at most 0")
	}
	if err != nil {
		return nil, &wire.RPCError{Code: wire.RPCInvalidParams, Message: err.Error()}
	}
	return map[string]string{"rpc": "1.0", "user": "1.0"}, nil
}

// serviceStatus is answered from memory and good as a sign of life.
func (g *Gateway) serviceStatus(*call, wire.ServiceStatusParams) any {
	return wire.ServiceStatusResult{
		Return:  wire.Success.String(),
		Message: "Registration Status: Registered | Mining: ONLINE ",
	}
}
