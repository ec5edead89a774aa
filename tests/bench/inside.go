// The careful check by net/url, for `cargo xtask bench`: counts the URLs of standard input that lie below the base given.
package main

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"strings"
)

func liesIn(base *url.URL, text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != base.Scheme || u.Host != base.Host {
		return false
	}
	if !strings.HasPrefix(u.Path, base.Path) {
		return false
	}
	segments := strings.FieldsFunc(u.Path[len(base.Path):], func(r rune) bool { return r == '/' })
	return len(segments) >= 2
}

func main() {
	base, err := url.Parse(os.Args[1])
	if err != nil {
		panic(err)
	}
	inside := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if liesIn(base, lines.Text()) {
			inside++
		}
	}
	fmt.Println(inside)
}
