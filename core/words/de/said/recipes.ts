import type { Sentences } from '../../sentences';

/** What is wrong with a recipe of one's own. */
export const recipes: Sentences = {
  'is written "NODE.INPUT", as "6.text"': 'schreibt sich „KNOTEN.EINGANG“, wie „6.text“',
  'This is not JSON ({error}).': 'Das ist kein JSON ({error}).',
  'This is a workflow as ComfyUI\'s editor saves it. In ComfyUI choose Workflow, Export (API), and put that file\'s content under "prompt".':
    'Das ist ein Workflow, wie ihn der Editor von ComfyUI speichert. In ComfyUI „Workflow, Export (API)“ wählen und den Inhalt der Datei unter „prompt“ setzen.',
  'The header is missing: a recipe begins with "seedloomRecipe": 1 and has the nodes under "prompt". See "Add a recipe" in the documents.':
    'Der Kopf fehlt: Ein Rezept beginnt mit "seedloomRecipe": 1 und hat die Knoten unter „prompt“. Siehe „Add a recipe“ in der Dokumentation.',
  'At the top': 'Ganz oben',
  '{place}: {unknown} is not known here{known}.': '{~place}: {unknown} ist hier nicht bekannt{~known}.',
  '; there are {known}': '; es gibt {known}',
  'At "prompt.{id}.inputs.{name}": it is wired to node "{value}", which is not there.':
    'Bei „prompt.{id}.inputs.{name}“: verbunden mit dem Knoten „{value}“, den es nicht gibt.',
  '{at}: there is no node "{id}"; there are {ids}.': '{~at}: Es gibt keinen Knoten „{id}“; es gibt {ids}.',
  '{at}: {class_type} has no input "{name}" here; it has {inputs}.':
    '{~at}: {class_type} hat hier keinen Eingang „{name}“; es hat {inputs}.',
  '{at} is wired from node "{own}". Name the input that holds the value itself.':
    '{~at} ist vom Knoten „{own}“ verbunden. Den Eingang nennen, der den Wert selbst hält.',
  '{at}: a picture goes into a LoadImage node, and this is {class_type}.':
    '{~at}: Ein Bild geht in einen Knoten LoadImage, und das ist {class_type}.',
  'At "prompt": nodes named "lora-1", "lora-2" and so on are made for the LoRAs; rename yours.':
    'Bei „prompt“: Knoten namens „lora-1“, „lora-2“ und so weiter entstehen für die LoRAs; eigene umbenennen.',
  'At "loras.{what}": there is no node "{link}".': 'Bei „loras.{what}“: Es gibt keinen Knoten „{link}“.',
  'At "prompt": there is no SaveImage node, so no picture would come back.':
    'Bei „prompt“: Es gibt keinen Knoten SaveImage, also käme kein Bild zurück.',
  'At "inputs": say where the prompt goes ("prompt").':
    'Bei „inputs“: angeben, wohin der Prompt geht („prompt“).',
  'At "inputs": for "generate" say where the size goes ("width", "height").':
    'Bei „inputs“: für „generate“ angeben, wohin die Größe geht („width“, „height“).',
  'At "inputs": "width" and "height" go together.': 'Bei „inputs“: „width“ und „height“ gehören zusammen.',
  'At "inputs": for "edit" say where the pictures go ("images").':
    'Bei „inputs“: für „edit“ angeben, wohin die Bilder gehen („images“).',
  'At "inputs": for "upscale" name exactly one place for the picture ("images").':
    'Bei „inputs“: für „upscale“ genau einen Ort für das Bild nennen („images“).',
  'At "inputs": for "upscale" say where the factor goes ("factor", or "width" and "height"), or name the one there is in "limits.factors".':
    'Bei „inputs“: für „upscale“ angeben, wohin der Faktor geht („factor“, oder „width“ und „height“), oder den einen, den es gibt, in „limits.factors“ nennen.',
  'At "tasks": name each task once.': 'Bei „tasks“: jede Aufgabe einmal nennen.',
  'At "inputs": say where the mask goes ("mask"), since "needsMask" is set.':
    'Bei „inputs“: angeben, wohin die Maske geht („mask“), da „needsMask“ gesetzt ist.',
  'A recipe\'s file is named in small letters, digits, "-" and ".": rename it, as "my-style{recipeEnding}".':
    'Eine Rezeptdatei heißt mit Kleinbuchstaben, Ziffern, „-“ und „.“: umbenennen, etwa „my-style{recipeEnding}“.',
  'There is a model "{id}" already; rename the file.':
    'Ein Modell „{id}“ gibt es schon; die Datei umbenennen.',
  'named by your recipe': 'vom eigenen Rezept genannt',
};
