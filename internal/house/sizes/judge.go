package main

// judge lists all that is above a line.
func judge(rooms []Room) []Find {
	var all []Find
	for _, r := range rooms {
		all = append(all, r.Finds...)
		if !r.HasDoc && r.Files > 0 {
			all = append(all, Find{r.Path, "has no comment that says what it is for"})
		} else if r.Files > maxUnsigned && !r.DocFile && !r.Program {
			all = append(all, Find{r.Path, "has no doc.go that says what it is for"})
		}
	}
	return all
}
