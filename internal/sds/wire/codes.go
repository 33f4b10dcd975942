package wire

import (
	"math"
	"strconv"
	"strings"
)

// Code is the number in the "return" member of a result.
type Code int

// Result codes.
const (
	Success        Code = 0
	UploadData     Code = 1 // send the bytes [offsetstart, offsetend)
	DownloadOK     Code = 2 // bytes attached, or video session ready
	DownloadDone   Code = 3 // all bytes delivered
	SharedStart    Code = 4 // old nodes only
	Generic        Code = -1
	BadSignature   Code = -3
	WrongFileSize  Code = -4
	TimeOut        Code = -5
	FileRefused    Code = -6 // download refused, or no data
	WrongInput     Code = -7
	WrongNode      Code = -8
	InternalData   Code = -9 // also refusals of upload and shared download
	InternalComm   Code = -10
	WrongFileInfo  Code = -11
	WrongWallet    Code = -12
	Conflict       Code = -13 // an upload of this hash is open on this node
	SessionStopped Code = -14

	// NoCode stands for a "return" that holds free text or nothing.
	NoCode Code = math.MinInt
)

// String returns the text that a node puts into "return".
func (c Code) String() string {
	if c == NoCode {
		return ""
	}
	return strconv.Itoa(int(c))
}

// ParseReturn reads a "return" member: the number before the first comma and
// what follows it. Where there is no number, the code is NoCode and detail the
// whole text, which is a message of the network; both empty is what
// requestClearExpiredShareLinks answers on success.
func ParseReturn(text string) (code Code, detail string) {
	number, rest, _ := strings.Cut(text, ",")
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
	if err != nil {
		return NoCode, text
	}
	return Code(n), strings.TrimSpace(rest)
}
