package wire

// Results of the methods. Return is read with ParseReturn. Members marked
// omitempty are left out by nodes when they are zero.

// OzoneResult answers requestGetOzone. The spelling of the number's member is
// the protocol's.
type OzoneResult struct {
	Return         string `json:"return"`
	Ozone          string `json:"ozone,omitempty"`          // nano-ozone, decimal
	SequenceNumber string `json:"sequencynumber,omitempty"` // opaque
}

// Result answers all upload and download methods. OffsetStart 0 is present
// when the answer carries a range, hence the pointers.
type Result struct {
	Return         string  `json:"return"`
	Detail         string  `json:"detail,omitempty"`
	ReqID          string  `json:"reqid,omitempty"`
	OffsetStart    *uint64 `json:"offsetstart,omitempty"`
	OffsetEnd      *uint64 `json:"offsetend,omitempty"`
	FileHash       string  `json:"filehash,omitempty"`
	FileName       string  `json:"filename,omitempty"`
	FileSize       int64   `json:"filesize,omitempty"`
	FileData       string  `json:"filedata,omitempty"` // standard base64 with padding
	SequenceNumber string  `json:"sequencenumber,omitempty"`
}

// WithRange returns r carrying the range [start, end).
func (r Result) WithRange(start, end int64) Result {
	s, e := uint64(start), uint64(end)
	r.OffsetStart, r.OffsetEnd = &s, &e
	return r
}

// Range returns the range of r; ok is false when it carries none or one that
// is not in order.
func (r Result) Range() (start, end int64, ok bool) {
	if r.OffsetStart == nil || r.OffsetEnd == nil {
		return 0, 0, false
	}
	start, end = int64(*r.OffsetStart), int64(*r.OffsetEnd)
	return start, end, start >= 0 && end >= start
}

// FileState is the state of a stored file.
type FileState int

const (
	StateUnknown    FileState = 0 // no upload of this file is known
	StateUploading  FileState = 1 // slices are on their way to the nodes
	StateFailed     FileState = 2 // it ended without being stored
	StateFinished   FileState = 3 // stored
	StateConfirming FileState = 4 // all slices arrived, and the nodes have yet to say so
)

// FileStatusResult answers getFileStatus. Return is "0" even when the network
// knows nothing of the file: Error and State tell.
type FileStatusResult struct {
	Return   string    `json:"return"`
	Error    string    `json:"error,omitempty"`
	State    FileState `json:"file_upload_state"`
	HasFile  bool      `json:"user_has_file"`
	Replicas uint32    `json:"replicas"`
}

// ReturnResult answers requestDeleteFile and requestStopShare. A refused
// deletion has free text in Return.
type ReturnResult struct {
	Return string `json:"return"`
}

// FileInfo is one entry of a list. Create time is in file lists, the link
// members are in share lists; times are unix seconds.
type FileInfo struct {
	FileHash    string `json:"filehash"`
	FileSize    int64  `json:"filesize"`
	FileName    string `json:"filename"`
	CreateTime  int64  `json:"createtime,omitempty"`
	LinkTime    int64  `json:"linktime,omitempty"`
	LinkTimeExp int64  `json:"linktimeexp,omitempty"`
	ShareID     string `json:"shareid,omitempty"`
	ShareLink   string `json:"sharelink,omitempty"`
}

// ListResult answers requestList.
type ListResult struct {
	Return      string     `json:"return"`
	Files       []FileInfo `json:"fileinfo,omitempty"`
	TotalNumber uint64     `json:"totalnumber,omitempty"`
	Page        uint64     `json:"page,omitempty"`
}

// ShareResult answers requestShare and requestListShare. A refused share has
// free text in Return.
type ShareResult struct {
	Return         string     `json:"return"`
	Detail         string     `json:"detail,omitempty"`
	ShareID        string     `json:"shareid,omitempty"`
	ShareLink      string     `json:"sharelink,omitempty"` // with or without scheme
	Files          []FileInfo `json:"fileinfo,omitempty"`
	TotalNumber    uint64     `json:"totalnumber,omitempty"`
	Page           uint64     `json:"page,omitempty"`
	SequenceNumber string     `json:"sequencynumber,omitempty"`
}

// ClearExpiredResult answers requestClearExpiredShareLinks. The reference node
// leaves every member empty on success.
type ClearExpiredResult struct {
	Wallet   string `json:"walletaddr"`
	Return   string `json:"return"`
	Deleted  uint32 `json:"deleted"`
	NewCount uint32 `json:"new_count"`
}

// ServiceStatusResult answers requestServiceStatus.
type ServiceStatusResult struct {
	Return  string `json:"return"`
	Message string `json:"message"`
}
