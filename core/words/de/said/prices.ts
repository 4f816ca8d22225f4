import type { Sentences } from '../../sentences';

/** Where a price is from. */
export const prices: Sentences = {
  'what other services take for Seedream 4.5; Abacus counts credits of the subscription':
    'was andere Dienste für Seedream 4.5 nehmen; Abacus zählt Credits des Abos',
  'an upper estimate: Apiframe charges credits and names no dollars; set your own price':
    'eine obere Schätzung: Apiframe rechnet in Credits und nennt keine Dollar; einen eigenen Preis setzen',
  'atlascloud.ai/models, page of Seedream 4.5 (undated)':
    'atlascloud.ai/models, Seite von Seedream 4.5 (ohne Datum)',
  'atlascloud.ai/models, page of Seedream 4.7 Sequential (undated)':
    'atlascloud.ai/models, Seite von Seedream 4.7 Sequential (ohne Datum)',
  'atlascloud.ai/models, page of Seedream v5.0 Lite Edit (undated)':
    'atlascloud.ai/models, Seite von Seedream v5.0 Lite Edit (ohne Datum)',
  'price lists of third parties; fal.ai shows the price of the day':
    'Preislisten von Dritten; fal.ai zeigt den Preis des Tages',
  'an upper estimate: kie.ai charges credits, and no page with their price was found; set your own':
    'eine obere Schätzung: kie.ai rechnet in Credits, und keine Seite mit ihrem Preis war zu finden; einen eigenen setzen',
  'modkie.com/seedream-4-5: 18 credits, 17.82 dollars by the page, which may be an error (0.09 at half a cent a credit, as at kie.ai); set your own price':
    'modkie.com/seedream-4-5: 18 Credits, laut Seite 17,82 Dollar, was ein Fehler sein kann (0,09 bei einem halben Cent pro Credit, wie bei kie.ai); einen eigenen Preis setzen',
  'a public mirror of openrouter.ai/bytedance-seed/seedream-4.5; each answer says what it cost':
    'ein öffentlicher Spiegel von openrouter.ai/bytedance-seed/seedream-4.5; jede Antwort sagt, was sie gekostet hat',
  'an upper estimate: no price of Seedream at Oxen.ai was found; set your own':
    'eine obere Schätzung: Kein Preis von Seedream bei Oxen.ai war zu finden; einen eigenen setzen',
  'an upper estimate: PoYo charges credits and names no dollars; set your own price':
    'eine obere Schätzung: PoYo rechnet in Credits und nennt keine Dollar; einen eigenen Preis setzen',
  'price lists of third parties; replicate.com shows the price of the day':
    'Preislisten von Dritten; replicate.com zeigt den Preis des Tages',
  'a copy of replicate.com/bytedance/seedream-4 (undated)':
    'eine Kopie von replicate.com/bytedance/seedream-4 (ohne Datum)',
  'an upper estimate: RunComfy shows the price of the day only; set your own price':
    'eine obere Schätzung: RunComfy zeigt nur den Preis des Tages; einen eigenen setzen',
  'BytePlus’s price for the same model as an estimate; the bill is in yuan':
    'der Preis von BytePlus für dasselbe Modell als Schätzung; die Rechnung kommt in Yuan',
};
