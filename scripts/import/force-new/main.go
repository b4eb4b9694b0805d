// Command force-new prints which fields of the provider's kinds force a replacement.
//
// It reads source code, and runs none of it: the provider's types give the field of the CRD for each Terraform
// attribute, and the schemas of the Terraform provider say ForceNew (SDK) or RequiresReplace (framework).
//
// Usage: force-new <provider module> <terraform provider module> <group>/<kind>...
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
)

// Facts are the fields of one kind, as paths below spec.forProvider without list indexes.
type Facts struct {
	Resource string `json:"resource"`
	// Always force a replacement when their value changes.
	Always []string `json:"always"`
	// Sometimes do: code of the provider decides by the values.
	Sometimes []string `json:"sometimes"`
	// Computed keep their value when they are left out, so leaving one out changes nothing.
	Computed []string `json:"computed"`
}

func main() {
	if len(os.Args) < 4 {
		fail(fmt.Errorf("expected <provider module> <terraform provider module> <group>/<kind>..."))
	}
	upjet, terraform := newSources(os.Args[1]), newSources(os.Args[2])
	kinds, problems := findKinds(upjet, os.Args[3:])
	resources := annotated(terraform, kinds)
	all := map[string]Facts{}
	for name, one := range kinds {
		facts, err := factsOf(resources, one)
		if err != nil {
			problems = append(problems, err.Error())
		}
		all[name] = facts
	}
	if len(problems) > 0 {
		sort.Strings(problems)
		fail(fmt.Errorf("%s", strings.Join(problems, "\n")))
	}
	encoder := json.NewEncoder(os.Stdout)
	if err := encoder.Encode(all); err != nil {
		fail(err)
	}
}

func findKinds(upjet *sources, names []string) (map[string]source, []string) {
	kinds := map[string]source{}
	var problems []string
	for _, name := range names {
		group, kind, _ := strings.Cut(name, "/")
		one, err := findKind(upjet, group, kind)
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		kinds[name] = one
	}
	return kinds, problems
}

func factsOf(resources map[string]resource, source source) (Facts, error) {
	found, ok := resources[source.resource]
	if !ok {
		return Facts{}, fmt.Errorf("Cannot find the schema of %q: no annotation names it", source.resource)
	}
	facts := Facts{Resource: source.resource, Always: []string{}, Sometimes: []string{}, Computed: []string{}}
	if len(source.fields) == 0 {
		return Facts{}, fmt.Errorf("Cannot read the type of %q: it has no field", source.resource)
	}
	attributes := found.attributes()
	if len(attributes) == 0 {
		return Facts{}, fmt.Errorf("Cannot read the schema of %q: it has no attribute", source.resource)
	}
	for path, one := range attributes {
		field, ok := source.fields[path]
		if !ok {
			// Not in the CRD: computed, deprecated, or moved to its status.
			continue
		}
		switch {
		case one.always:
			facts.Always = append(facts.Always, field)
		case one.sometimes:
			facts.Sometimes = append(facts.Sometimes, field)
		}
		if one.computed && (one.always || one.sometimes) {
			facts.Computed = append(facts.Computed, field)
		}
	}
	for _, list := range [][]string{facts.Always, facts.Sometimes, facts.Computed} {
		sort.Strings(list)
	}
	return facts, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
