import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentFormat, documentSchema } from '#core/document/schema';

it('docs/workflow.schema.json says what the program accepts', async () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Seedloom workflow, format ${documentFormat}`,
    ...z.toJSONSchema(documentSchema, { io: 'input' }),
  };
  const file = join(import.meta.dirname, '../../../../docs/workflow.schema.json');
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
});
