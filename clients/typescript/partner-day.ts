// What a partner's program does with a generated TypeScript client, without a cast.
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { paths } from "./casework.js";

const said = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const api = createClient<paths>({
  baseUrl: said("CASEWORK"),
  headers: { Authorization: `Bearer ${said("CASEWORK_KEY")}` },
});

function good<Row>(answer: { data?: Row; error?: { code: string; detail: string } }): Row {
  if (answer.data === undefined) throw new Error(`${answer.error?.code}: ${answer.error?.detail}`);
  return answer.data;
}

const paper = new Blob([readFileSync(said("FILE"))], { type: "application/pdf" });
const received = await api.POST("/api/v1/documents/", {
  body: { case: said("CASE"), kind: "court_order", received_on: "2026-05-04", file: "order.pdf" },
  bodySerializer(body) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) {
      if (name === "file") form.append(name, paper, value);
      else form.append(name, value);
    }
    return form;
  },
});
console.log("document", good(received).code);

const references: string[] = [];
let cursor: string | undefined;
do {
  const page = good(await api.GET("/api/v1/cases/", { params: { query: { limit: 1, cursor } } }));
  references.push(...page.results.map((row) => row.reference));
  cursor = page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined;
} while (cursor);
console.log("cases", ...references);

const log = () =>
  api.POST("/api/v1/rescue-reports/", {
    params: { header: { "Idempotency-Key": "foreign-2" } },
    body: {
      occurred_at: "2026-05-04T05:40:00+05:30",
      jurisdiction: "IN-WB-KOL",
      programme: "csec",
      people: [{ sex: "female", age_band: "unknown", client_id: "a" }],
    },
  });
const [logged, again] = [good(await log()), good(await log())];
const same = logged.case.reference === again.case.reference ? "True" : "False";
console.log("rescue", same, ...logged.people.map((one) => one.client_id));

const adjourn = () =>
  api.POST("/api/v1/hearings/{id}/record/", {
    params: { path: { id: said("HEARING") } },
    body: { result: "adjourned", adjourned_for: "judge_absent", next_on: "2027-01-04", next_purpose: "evidence" },
  });
console.log("hearing", good(await adjourn()).result);
console.log("refused", (await adjourn()).error?.code);

const asked = good(await api.POST("/api/v1/report-runs/", { body: { report: "conviction-rate" } }));
let run = asked;
while (run.state === "queued" || run.state === "running") {
  await new Promise((done) => setTimeout(done, 500));
  run = good(await api.GET("/api/v1/report-runs/{id}/", { params: { path: { id: asked.id } } }));
}
console.log("report", run.state, run.result?.report ?? "");
