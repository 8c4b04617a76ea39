// Writes src/_schema.ts, the wire types, from the models in pccompute_ext/openapi.json.
// With --check it writes nothing and fails where the file differs from what it would write.
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import * as prettier from 'prettier';

const source = fileURLToPath(
  new URL('../pccompute_ext/openapi.json', import.meta.url)
);
const target = fileURLToPath(new URL('../src/_schema.ts', import.meta.url));

const banner = `/* eslint-disable */
/*
 * The wire types, generated from pccompute_ext/openapi.json by scripts/generate-schema.mjs.
 * Don't edit: change pccompute_ext/models.py, then run \`make generate\`.
 */`;

/** Point references at the definitions of one schema instead of an OpenAPI document. */
function relocate(node) {
  if (Array.isArray(node)) {
    return node.map(relocate);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  if (node.type === 'object' && !node.properties) {
    // An object whose keys are not known before: a map, not an empty object.
    return { additionalProperties: true, ...node };
  }
  return Object.fromEntries(
    Object.entries(node)
      // Titles of fields would become types of their own, and a discriminator is OpenAPI's, not JSON Schema's.
      .filter(([key, value]) => {
        return (
          key !== 'discriminator' &&
          !(key === 'title' && typeof value === 'string')
        );
      })
      .map(([key, value]) => [
        key,
        key === '$ref'
          ? value.replace('#/components/schemas/', '#/definitions/')
          : relocate(value)
      ])
  );
}

async function generate() {
  const document = JSON.parse(await readFile(source, 'utf8'));
  const schemas = document.components?.schemas ?? {};
  const names = Object.keys(schemas).sort();
  const definitions = Object.fromEntries(
    names.map(name => [name, { ...relocate(schemas[name]), title: name }])
  );
  const code = await compile(
    { additionalProperties: false, definitions },
    'Wire',
    {
      additionalProperties: false,
      bannerComment: banner,
      declareExternallyReferenced: true,
      format: false,
      unreachableDefinitions: true
    }
  );
  const options = {
    ...(await prettier.resolveConfig(target)),
    parser: 'typescript'
  };
  // The root schema is only there to carry the definitions: no type, no mention.
  const mention =
    / \* This interface was referenced by `Wire`'s JSON-Schema\n \* via the `definition` "[^"]*"\.\n/g;
  const types = (await prettier.format(code, options))
    .replace(/export interface Wire \{\}\n/, '')
    .replace(mention, '')
    .replace(/ \*\n \*\/\n/g, ' */\n')
    .replace(/\/\*\*\n \*\/\n/g, '');
  return prettier.format(types, options);
}

const wanted = await generate();
if (process.argv.includes('--check')) {
  const found = await readFile(target, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error(
      'src/_schema.ts differs from pccompute_ext/openapi.json: run `make generate` and commit the result.'
    );
    process.exit(1);
  }
} else {
  await writeFile(target, wanted);
}
