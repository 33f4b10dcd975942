# Stratos Drive. The two that a newcomer needs: make run, make test.

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -X main.version=$(VERSION)

# Where a build looks for newer versions, and whose signatures it believes
# (docs/updates.md). Empty: it does not look.
UPDATE_URL  ?=
UPDATE_KEYS ?=
ifneq ($(UPDATE_URL),)
LDFLAGS += -X main.updateAddress=$(UPDATE_URL) -X main.updateKeys=$(UPDATE_KEYS)
endif
export UPDATE_URL UPDATE_KEYS

GOFUMPT     := mvdan.cc/gofumpt@v0.9.2
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
DEADCODE    := golang.org/x/tools/cmd/deadcode@v0.52.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.DEFAULT_GOAL := help
.PHONY: help deps build run test check bench nightly package reproducible prove-deb package-sizes prove-windows release-index clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## install the system packages that are missing
	@packaging/deps.sh

build: ## build stratosdrive, stos and stosnet into bin/
	@packaging/deps.sh build
	@mkdir -p bin
	$(GO) build -ldflags '$(LDFLAGS)' -o bin/ ./cmd/...

run: ## install what is missing, build, and open the window
	@packaging/deps.sh build run
	@$(MAKE) --no-print-directory build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		exec bin/stratosdrive; \
	else \
		echo "There is no display here, so the window cannot open. Running the demo instead."; \
		exec bin/stos demo; \
	fi

test: ## install what is missing and run every test
	@packaging/deps.sh
	@GO=$(GO) internal/house/test.sh

check: ## format, vet, lint, dead code, vulnerabilities, the rules of the house
	@packaging/deps.sh build
	@GO=$(GO) internal/house/check.sh $(GOFUMPT) $(STATICCHECK) $(DEADCODE) $(GOVULNCHECK)

bench: build ## measure; NAME=group runs one group
	@packaging/deps.sh run bench
	@GO=$(GO) internal/house/bench.sh $(NAME)

nightly: ## the long random suites
	@packaging/deps.sh
	@GO=$(GO) internal/house/test.sh nightly

package: ## make the packages that this system can make, into dist/
	@packaging/deps.sh build package
	@GO=$(GO) packaging/package.sh $(VERSION)

reproducible: ## make the packages of the last commit twice, elsewhere, and compare every byte
	@packaging/deps.sh build package
	@GO=$(GO) packaging/reproducible.sh $(VERSION)

prove-deb: ## install, use and remove the .deb in a fresh Debian
	@packaging/deps.sh build package prove
	@rm -rf dist/proof
	@ONLY=linux GO=$(GO) packaging/package.sh $(VERSION) dist/proof
	@packaging/linux/prove-deb.sh dist/proof/stratosdrive_*.deb

package-sizes: build ## what weighs what in the programs
	@$(GO) run ./packaging/facts sizes bin/stratosdrive bin/stos bin/stosnet

prove-windows: ## install, use and remove the packages for Windows, under Wine
	@packaging/deps.sh build windows wine
	@GO=$(GO) packaging/windows/package.sh $(VERSION) dist
	@packaging/windows/prove.sh dist/stratosdrive-$(VERSION)-windows-amd64-setup.exe

release-index: ## sign the index of the packages in DIR with the key in the file KEY
	@$(GO) run ./internal/release index --dir $(or $(DIR),dist) --version $(VERSION) --key "$(KEY)" $(if $(NOTES),--notes $(NOTES)) $(if $(DATE),--date $(DATE)) $(if $(UPDATE_KEYS),--keys $(UPDATE_KEYS))

clean: ## remove what was built
	rm -rf bin dist
