//go:build !linux

package main

import "github.com/rogpeppe/go-internal/testscript"

func canMount() bool { return false }

func smallDisk(ts *testscript.TestScript, _ []string) { ts.Fatalf("there are no small disks here") }
func fillDisk(ts *testscript.TestScript, _ []string)  { ts.Fatalf("there are no small disks here") }
func readOnly(ts *testscript.TestScript, _ []string)  { ts.Fatalf("there are no small disks here") }
