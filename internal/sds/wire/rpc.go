package wire

import "encoding/json"

// Request is a JSON-RPC call. A call without id is a notification and gets an
// empty answer.
type Request struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params,omitempty"`
}

// Response is the answer to a call: Result or Error.
type Response struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *RPCError       `json:"error,omitempty"`
}

// RPCError is an error of the JSON-RPC layer; those of the application are in
// the results.
type RPCError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Error returns the message.
func (e *RPCError) Error() string { return e.Message }

// Codes of RPCError.
const (
	RPCParse          = -32700
	RPCInvalidRequest = -32600
	RPCNoMethod       = -32601
	RPCInvalidParams  = -32602
	RPCServer         = -32000
)

// Methods of the user namespace.
const (
	MethodGetOzone       = "user_requestGetOzone"
	MethodUpload         = "user_requestUpload"
	MethodUploadStream   = "user_requestUploadStream"
	MethodUploadData     = "user_uploadData"
	MethodUploadSign     = "user_uploadSign"
	MethodFileStatus     = "user_getFileStatus"
	MethodDownload       = "user_requestDownload"
	MethodDownloadData   = "user_downloadData"
	MethodDownloadedInfo = "user_downloadedFileInfo"
	MethodVideoDownload  = "user_requestVideoDownload"
	MethodVideoShared    = "user_requestGetVideoShared"
	MethodSliceData      = "user_requestDownloadSliceData"
	MethodDelete         = "user_requestDeleteFile"
	MethodList           = "user_requestList"
	MethodShare          = "user_requestShare"
	MethodListShare      = "user_requestListShare"
	MethodStopShare      = "user_requestStopShare"
	MethodGetShared      = "user_requestGetShared"
	MethodClearExpired   = "user_requestClearExpiredShareLinks"
	MethodServiceStatus  = "user_requestServiceStatus"
	MethodModules        = "rpc_modules"
)

// What the RPC port says before JSON is looked at.
const (
	ContentType     = "application/json" // of requests and answers
	TextContentType = "invalid content type, only application/json is supported"
	TextHost        = "invalid host specified"
)
