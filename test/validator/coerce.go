package main

import (
	"fmt"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/json"
)

// decode reads JSON as the API server does: whole numbers become int64, which CEL needs to compare them.
func decode(text []byte) (*unstructured.Unstructured, []string, error) {
	content := map[string]any{}
	strict, err := json.UnmarshalStrict(text, &content)
	if err != nil {
		return nil, nil, err
	}
	unknown := []string{}
	for _, one := range strict {
		unknown = append(unknown, one.Error())
	}
	object := &unstructured.Unstructured{Object: content}
	if object.GetAPIVersion() == "" || object.GetKind() == "" {
		return nil, nil, fmt.Errorf("apiVersion %q and kind %q, expected both", object.GetAPIVersion(), object.GetKind())
	}
	return object, unknown, nil
}

// prune drops unknown fields, as unstructuredSchemaCoercer of k8s.io/apiextensions-apiserver does
// (pkg/apiserver/customresource_handler.go), and gives their paths.
func prune(object *unstructured.Unstructured, one *definition) ([]string, error) {
	apiVersion, kind := object.GetAPIVersion(), object.GetKind()
	meta, found, unknown, err := objectmeta.GetObjectMetaWithOptions(
		object.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	unknown = append(unknown, pruning.PruneWithOptions(
		object.Object, one.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, one.structural)
	wrong, embedded := objectmeta.CoerceWithOptions(
		nil, object.Object, one.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if wrong != nil {
		return nil, wrong
	}
	object.SetKind(kind)
	object.SetAPIVersion(apiVersion)
	if found {
		err = objectmeta.SetObjectMeta(object.Object, meta)
	}
	return append(unknown, embedded...), err
}
