// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"fmt"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const projects = "edgestats_trro_projects"

func TestProjects(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:    projects,
		API:     emulator.TRRO,
		Config:  acctest.Config{},
		Calls:   2, // The first page and an empty one: the vendor's count may be wrong.
		Another: func(i int) acctest.Config { return acctest.Config{"region": fmt.Sprint("ap-region-", i)} },
		Questions: []suite.Question{
			{Name: "all", Body: `{"PageNumber":1,"PageSize":100}`},
			{Name: "region", Changes: acctest.Config{"region": "eu-frankfurt"}, Body: `{"PageNumber":1,"PageSize":100}`},
		},
		Refusals: suite.NonEmptyTexts("region"),
		Unknowns: []acctest.Config{{"region": acctest.Unknown}, {"timeouts": acctest.Unknown}},
		Errors: []suite.Error{
			{Code: "UnsupportedRegion", Attribute: "region", Says: []string{changeRegion}},
			{Code: "MissingParameter", Says: []string{"Check the arguments"}}, // The test's environment has a region.
			{Code: "OperationDenied", Says: []string{"DescribeProjectList failed"}},
			{
				Answer: acctest.Answer(`{"Response":{"Projects":[{"ProjectName":"a"}]}}`),
				Says:   []string{"$.Response.Projects[0]: there is no ID"},
			},
			{
				Answer: acctest.Answer(`{"Response":{"Projects":[{"ProjectId":"a","ModifyTime":"soon"}]}}`),
				Says:   []string{`$.Response.Projects[0].ModifyTime: "soon" is not a time`},
			},
		},
		Malformed: map[string]string{
			`{"Response":{"Projects":{}}}`:  "$.Response.Projects: unexpected object",
			`{"Response":{"Projects":[7]}}`: "$.Response.Projects[0]: unexpected number",
		},
		Hostile: map[string]suite.Hostile{
			"projects": {
				Body: suite.Full(`{"Response":{"RequestId":"r-1","Projects":[`, `{"ProjectId":"a"}`, `]}}`),
				Says: "DescribeProjectList returned more than 10000 entries, which is the maximum for one read.\nList the IDs of the projects",
			},
		},
		Names: &suite.Names{
			Body: `{"Response":{"RequestId":"r-1","Total":1,"Projects":[{"ProjectId":"a\u0007","ProjectName":"gate\u001b 7"}]}}`,
			Want: map[string]string{"ids.0": "a", "projects.0.id": "a", "projects.0.name": "gate 7"},
		},
		Region: true,
	})
}

func TestProjectsReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, projects, nil)
	acctest.ExpectState(t, state, map[string]string{
		"region": "", "ids.#": "3", "ids.0": "project-1", "ids.1": "project-2", "ids.2": "project-3", "projects.#": "3",
		"projects.0.id": "project-1", "projects.0.name": "Site 1", "projects.0.description": "Vehicles of site 1", "projects.0.policy_mode": "white",
		"projects.2.id": "project-3", "projects.2.description": "",
	})
	if state["projects.0.modified_at"] == "" {
		t.Error("modified_at is null")
	}
}

// The vendor's own sample, out of order, with a project that comes twice and one with nothing but its ID.
func TestProjectsDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "Num": 3, "Total": 3, "Projects": [
		{"ModifyTime": "2022-03-22T13:08:04+08:00", "ProjectName": "mytest2", "ProjectId": "f3glr49r2nwpey5c",
			"ProjectDescription": "test2", "PolicyMode": "black"},
		{"ProjectId": "a1", "ProjectName": "", "ModifyTime": null},
		{"ProjectId": "a1", "ProjectName": "", "ModifyTime": null}
	]}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, projects, nil), map[string]string{
		"ids.#": "2", "ids.0": "a1", "ids.1": "f3glr49r2nwpey5c", "projects.#": "2",
		"projects.0.id": "a1", "projects.0.name": "", "projects.0.description": "", "projects.0.policy_mode": "", "projects.0.modified_at": "",
		"projects.1.id": "f3glr49r2nwpey5c", "projects.1.name": "mytest2", "projects.1.description": "test2", "projects.1.policy_mode": "black",
		"projects.1.modified_at": "2022-03-22T13:08:04+08:00",
	})
}

func TestProjectsOnSeveralPages(t *testing.T) {
	acctest.Start(t, emulator.Options{Projects: 150})
	state := acctest.MustRead(t, projects, nil)
	acctest.ExpectState(t, state, map[string]string{"ids.#": "150", "projects.#": "150", "ids.0": "project-1", "ids.1": "project-10", "ids.149": "project-99"})
}

func TestNoProjects(t *testing.T) {
	acctest.Start(t, emulator.Options{Projects: -1})
	acctest.ExpectState(t, acctest.MustRead(t, projects, nil), map[string]string{"ids.#": "0", "projects.#": "0"})
	for name, value := range map[string]string{"null": "null", "missing": "", "empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, projects, nil, acctest.Member("Projects", value))
			acctest.ExpectState(t, state, map[string]string{"ids.#": "0", "projects.#": "0"})
		})
	}
}

func TestProjectsRegion(t *testing.T) { testRegion(t, projects, acctest.Config{}) }
