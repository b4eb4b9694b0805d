// Command crd-validator runs on custom resources what a Kubernetes API server runs before it stores them.
//
// Arguments are folders of CustomResourceDefinitions in YAML. The input is a request in JSON, the output a response.
// Every definition is validated; every object is pruned, defaulted and validated, CEL rules included.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// A request holds batches: definitions of their own, found before those of the folders, and objects to check.
type request struct {
	Batches []batch `json:"batches"`
}

type batch struct {
	Definitions []json.RawMessage `json:"definitions"`
	Cases       []testCase        `json:"cases"`
}

// With an old object the case is an update, without one a creation.
type testCase struct {
	Object    json.RawMessage `json:"object"`
	OldObject json.RawMessage `json:"oldObject"`
}

type response struct {
	Folders []verdict       `json:"folders"`
	Batches []batchResponse `json:"batches"`
}

type batchResponse struct {
	Definitions []verdict `json:"definitions"`
	Cases       []verdict `json:"cases"`
}

// A verdict in which all three are empty says that the API server takes it, with strict field validation too.
type verdict struct {
	Name string `json:"name"`
	// Problems with the schema.
	Problems []problem `json:"problems"`
	// Rules in CEL that refuse it.
	Rules []problem `json:"rules"`
	// Unknown fields, which a lenient client would have dropped.
	Unknown []string `json:"unknown"`
}

type problem struct {
	Field  string `json:"field"`
	Type   string `json:"type"`
	Detail string `json:"detail"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folders []string) error {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return fmt.Errorf("cannot read the request: %w", err)
	}
	shared := definitions{}
	answer := response{Folders: []verdict{}, Batches: []batchResponse{}}
	for _, folder := range folders {
		verdicts, err := shared.addFolder(folder)
		if err != nil {
			return err
		}
		answer.Folders = append(answer.Folders, verdicts...)
	}
	for _, one := range asked.Batches {
		answer.Batches = append(answer.Batches, judge(one, shared))
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

func judge(asked batch, shared definitions) batchResponse {
	own := definitions{}
	answer := batchResponse{Definitions: []verdict{}, Cases: []verdict{}}
	for _, text := range asked.Definitions {
		answer.Definitions = append(answer.Definitions, own.add("", text))
	}
	for _, one := range asked.Cases {
		answer.Cases = append(answer.Cases, check(one, own, shared))
	}
	return answer
}

func (known definitions) addFolder(folder string) ([]verdict, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("cannot read %q: no *.yaml in it (%v)", folder, err)
	}
	slices.Sort(files)
	verdicts := []verdict{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, known.add(file, text))
	}
	return verdicts, nil
}
