// Renders with one engine of npm; called by peers.py.
//   node peers.mjs FOLDER ENGINE TEMPLATE DATA OUT RUNS      # FOLDER holds node_modules
// prints the milliseconds of processor time of each run, the first (which compiles the engine's own code) left out.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";

const [folder, engine, template, dataFile, out, runs] = process.argv.slice(2);
const require = createRequire(folder + "/");
const data = JSON.parse(readFileSync(dataFile, "utf8"));

const ENGINES = {
  docxtemplater() {
    const Docxtemplater = require("docxtemplater");
    const PizZip = require("pizzip");
    return () => {
      const made = new Docxtemplater(new PizZip(readFileSync(template)), { paragraphLoop: true });
      made.render(data);
      return made.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    return () => new TemplateHandler().process(readFileSync(template), data);
  },
  "docx-templates"() {
    const { createReport } = require("docx-templates");
    return () => createReport({ template: readFileSync(template), data, cmdDelimiter: "+++", noSandbox: true,
      processLineBreaks: false, maximumWalkingDepth: 100_000_000 });
  },
  carbone() {
    const render = promisify(require("carbone").render);
    return () => render(template, data);
  },
  "xlsx-template"() {
    const XlsxTemplate = require("xlsx-template");
    return () => {
      const made = new XlsxTemplate(readFileSync(template));
      made.substitute(1, data);
      return made.generate({ type: "nodebuffer" });
    };
  },
};

try {
  const render = ENGINES[engine]();
  const times = [];
  let content;
  for (let run = 0; run <= Number(runs); run++) {
    const begin = process.cpuUsage();
    content = await render();
    const used = process.cpuUsage(begin);
    if (run > 0) times.push((used.user + used.system) / 1000);
  }
  writeFileSync(out, Buffer.from(content));
  console.log(JSON.stringify(times));
  process.exit(0);
} catch (fault) {
  console.error(fault.code === "MODULE_NOT_FOUND" ? "missing" : String(fault.stack ?? fault).slice(0, 300));
  process.exit(1);
}
