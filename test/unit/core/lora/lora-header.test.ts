import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loraFactsSchema } from '#core/lora/lora';
import { factsOf, headerLength, headerPrefix, largestHeader, readHeader } from '#core/lora/lora-header';
import { safetensorsFile, withHeader } from '#test/kit/safetensors';

/** As somebody who has the file reads it: the length first, then no more than that. */
function read(file: Uint8Array, fileBytes = file.byteLength) {
  const length = headerLength(file.subarray(0, headerPrefix), fileBytes);
  if (!length.ok) return length;
  const end = headerPrefix + length.value;
  return readHeader(file.subarray(headerPrefix, end), fileBytes - end);
}

function factsIn(file: Uint8Array) {
  const found = read(file);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

function codeOf(file: Uint8Array, fileBytes?: number) {
  const found = read(file, fileBytes);
  return found.ok ? 'fine' : found.failure.code;
}

describe('what a LoRA says of itself', () => {
  it("reads kohya's header", () => {
    const tags = { '10_grain': { 'film grain': 40, portrait: 12 }, '2_more': { portrait: 30, night: 3 } };
    const metadata = {
      ss_output_name: 'film-grain-v2',
      ss_base_model_version: 'sdxl_base_v1-0',
      'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
      'modelspec.title': 'Film grain',
      'modelspec.author': 'A. Person',
      'modelspec.license': 'CC-BY-4.0',
      'modelspec.trigger_phrase': 'flmgrn',
      'modelspec.resolution': '1024x1024',
      ss_network_dim: '16',
      ss_network_alpha: '8.0',
      ss_tag_frequency: JSON.stringify(tags),
    };
    expect(factsIn(safetensorsFile(metadata))).toEqual({
      title: 'Film grain',
      base: 'sdxl',
      baseSaid: 'stable-diffusion-xl-v1-base/lora',
      triggers: ['flmgrn'],
      frequent: [
        { word: 'portrait', count: 42 },
        { word: 'film grain', count: 40 },
        { word: 'night', count: 3 },
      ],
      rank: 16,
      alpha: 8,
      resolution: { width: 1024, height: 1024 },
      licence: 'CC-BY-4.0',
      author: 'A. Person',
    });
  });

  it.each([
    ['sd_v1', 'sd-1'],
    ['sd_v2_v', 'sd-2'],
    ['stable-diffusion-v1/lora', 'sd-1'],
    ['stable-diffusion-v2-768-v/lora', 'sd-2'],
    ['sdxl_1.0', 'sdxl'],
    ['sd3', 'sd-3'],
    ['flux1', 'flux-1'],
    ['flux-1-dev/lora', 'flux-1'],
    ['FLUX.2-dev', 'flux-2'],
    ['qwen_image_edit', 'qwen-image'],
    ['zimage:turbo', 'z-image'],
    ['wan2.1', 'wan'],
    ['somebody-elses-model', undefined],
    ['None', undefined],
  ])('takes %s for %s', (word, base) => {
    expect(factsOf({ ss_base_model_version: word }).base).toBe(base);
  });

  it.each<[string, Record<string, number[]>, string | undefined]>([
    ['SD 1 by kohya', { 'lora_unet_down_blocks_0_attn2_to_k.lora_down.weight': [8, 768] }, 'sd-1'],
    ['SD 2 by its width', { 'unet.down_blocks.0.attn2.to_k.lora_A.weight': [8, 1024] }, 'sd-2'],
    ['SDXL', { 'lora_unet_input_blocks_4_1_attn2_to_v.lora_down.weight': [16, 2048] }, 'sdxl'],
    ['FLUX.1 by kohya', { 'lora_unet_double_blocks_0_img_attn_qkv.lora_down.weight': [16, 3072] }, 'flux-1'],
    ['FLUX.1', { 'transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight': [4, 3072] }, 'flux-1'],
    ['FLUX.2', { 'diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight': [4, 6144] }, 'flux-2'],
    ['Qwen-Image', { 'transformer_blocks.3.img_mlp.net.0.proj.lora_A.weight': [16, 3072] }, 'qwen-image'],
    ['Z-Image', { 'diffusion_model.layers.0.attention.to_q.lora_A.weight': [16, 3840] }, 'z-image'],
    ['none that is known', { 'blocks.0.some.lora_A.weight': [16, 3072] }, undefined],
    [
      'two at once',
      {
        'a.attn2.to_k.lora_A.weight': [8, 768],
        'transformer_blocks.3.img_mod.1.lora_A.weight': [8, 3072],
      },
      undefined,
    ],
  ])('tells %s by its tensors', (_what, tensors, base) => {
    const facts = factsIn(safetensorsFile(undefined, tensors));
    expect(facts.base).toBe(base);
    expect(facts.rank).toBe(Object.values(tensors)[0]?.[0]);
  });

  it('does not decide between words that contradict each other, nor for a word it does not know', () => {
    const tensors = { 'x.attn2.to_k.lora_A.weight': [8, 768] };
    const both = { 'modelspec.architecture': 'flux-1-dev/lora', ss_base_model_version: 'sdxl_base_v1-0' };
    expect(factsIn(safetensorsFile(both, tensors))).toMatchObject({
      baseSaid: 'flux-1-dev/lora, sdxl_base_v1-0',
    });
    expect(factsIn(safetensorsFile(both, tensors)).base).toBeUndefined();
    expect(factsIn(safetensorsFile({ ss_base_model_version: 'a-new-one' }, tensors)).base).toBeUndefined();
  });

  it('cuts what is too long and takes out what would steer a terminal', () => {
    const facts = factsOf({
      'modelspec.title': `\u001b[31mred${'x'.repeat(500)}`,
      'modelspec.author': 'none',
      ss_tag_frequency: { a: Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`word ${n}`, n])) },
    });
    expect(facts.title).toHaveLength(120);
    expect(facts.title).not.toMatch(/\p{Cc}/u);
    expect(facts.author).toBeUndefined();
    expect(facts.frequent).toHaveLength(12);
    expect(facts.frequent[0]).toEqual({ word: 'word 98', count: 98 });
  });
});

describe('a header that is none', () => {
  const header = Buffer.from('{}');
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'not-safetensors'],
    ['a few bytes', new Uint8Array(9), 'not-safetensors'],
    ['a length of nought', withHeader(header, 100, 0n), 'not-safetensors'],
    ['a length beyond the file', withHeader(header, 100, 103n), 'not-safetensors'],
    ['the longest length there is', withHeader(header, 100, 2n ** 64n - 1n), 'not-safetensors'],
    ['no JSON', withHeader(Buffer.from('{"a":')), 'not-safetensors'],
    ['a list', withHeader(Buffer.from('[1,2]')), 'not-safetensors'],
    ['a member that is no tensor', withHeader(Buffer.from('{"a":{"shape":[1]}}')), 'not-safetensors'],
    ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n and then some more'), 'not-safetensors'],
  ])('is refused: %s', (_what, file, code) => {
    expect(codeOf(file)).toBe(code);
  });

  it('is refused for its size before it is read', () => {
    const first = withHeader(header, 0, BigInt(largestHeader) + 1n);
    expect(codeOf(first, 200_000_000)).toBe('header-too-large');
  });

  it('tells a file whose end is missing', () => {
    const file = safetensorsFile({}, { 'x.lora_A.weight': [4, 8] });
    expect(codeOf(file)).toBe('fine');
    expect(codeOf(file.subarray(0, file.byteLength - 1))).toBe('file-cut');
  });
});

describe('any header whatever', () => {
  const words = fc.oneof(
    fc.string(),
    fc.constantFrom('None', 'sdxl_base_v1-0', 'flux1', '1024x1024', '1e999', '{"a":{"b":1e308}}', '[[]]'),
  );
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'modelspec.architecture',
      'modelspec.title',
      'modelspec.trigger_phrase',
      'modelspec.resolution',
      'ss_base_model_version',
      'ss_tag_frequency',
      'ss_network_dim',
      'ss_network_alpha',
      '__proto__',
      'constructor',
    ),
  );
  const small = (facts: unknown) => JSON.stringify(facts).length < 20_000;

  it('gives facts as they are kept, or words', () => {
    const json = fc.dictionary(names, fc.oneof(words, fc.jsonValue()));
    fc.assert(
      fc.property(json, (metadata) => {
        const facts = factsOf(metadata);
        expect(loraFactsSchema.parse(facts)).toEqual(facts);
        expect(small(facts)).toBe(true);
        const copy = readHeader(JSON.stringify({ __metadata__: metadata }));
        expect(copy.ok).toBe(true);
      }),
    );
  });

  it('never throws, whatever the bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(bytes, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (header, told) => {
        for (const file of [header, withHeader(header), withHeader(header, 3, told)]) {
          const found = read(file);
          if (found.ok) expect(loraFactsSchema.parse(found.value)).toEqual(found.value);
          else expect(found.failure).toMatchObject({ act: 'user', charge: 'none' });
        }
      }),
    );
  });

  it('never looks beyond what it was told is the header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.nat(), (first, size) => {
        const length = headerLength(first, size);
        if (length.ok) expect(length.value).toBeLessThanOrEqual(Math.min(largestHeader, size - headerPrefix));
      }),
    );
  });
});
