import { describe, expect, it } from 'vitest';
import { loraKey, loraNamed, loraWords } from '#core/lora/lora';

describe('the file a name means', () => {
  const files = [{ name: 'a/grain.safetensors' }, { name: 'b\\Grain.safetensors' }, { name: 'style.sft' }];

  it('is that very one, else the first whose own name it is', () => {
    expect(loraNamed('b\\Grain.safetensors', files)).toBe(files[1]);
    expect(loraNamed('grain', files)).toBe(files[0]);
    expect(loraNamed('elsewhere/style.safetensors', files)).toBe(files[2]);
    expect(loraNamed('nobody', files)).toBeUndefined();
  });

  it('keeps dots that are no ending', () => {
    expect(loraKey('flux/Film.Grain-v1.5.safetensors')).toBe('film.grain-v1.5');
  });
});

describe('the words to show', () => {
  it("are the maker's before those of the captions", () => {
    const frequent = [{ word: 'night', count: 2 }];
    expect(loraWords({ triggers: ['sks'], frequent })).toEqual({ kind: 'trigger', words: ['sks'] });
    expect(loraWords({ triggers: [], frequent })).toEqual({ kind: 'frequent', words: ['night'] });
    expect(loraWords({ triggers: [], frequent: [] })).toBeUndefined();
  });
});
