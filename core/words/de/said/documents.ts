import type { Sentences } from '../../sentences';

/** Workflow files, subgraphs, prompts, paintings, choices and LoRA files. */
export const documents: Sentences = {
  'The address has a name and password in it, and addresses are kept as plain text. Take them out of the address; where it wants them, enter "name:password" as the key of that provider.':
    'In der Adresse stehen Name und Passwort, und Adressen werden als lesbarer Text aufbewahrt. Beides aus der Adresse nehmen; wo es verlangt wird, „name:passwort“ als Schlüssel dieses Anbieters eintragen.',
  '{fewest} are to be picked, and there are only {length}.':
    '{fewest} sind auszuwählen, und es gibt nur {length}.',
  'There is no picture {beyond}; there are {length}.': 'Es gibt kein Bild {beyond}; es gibt {length}.',
  '{rule} to be picked, and {length} are named.': '{~rule} auszuwählen, und {length} sind genannt.',
  'At least {fewest} {fewest2}': 'Mindestens {fewest} {~fewest2}',
  'Given up: it is not known whether the request was taken. Running it again sends it anew.':
    'Aufgegeben: Ob die Anfrage angenommen wurde, ist nicht bekannt. Ein neuer Lauf sendet sie noch einmal.',
  'Seedloom hit an error of its own: {reason}. Please report it; your files are untouched.':
    'In Seedloom ist ein Fehler aufgetreten: {reason}. Bitte melden; die Dateien sind unberührt.',
  'a picture is named by its sha256': 'ein Bild wird mit seinem sha256 genannt',
  'node {node}': 'Knoten {node}',
  'param {param}': 'Parameter {param}',
  'port {port}': 'Anschluss {port}',
  'The mask is {mask} pixels and the picture {picture}: they must have the same proportions. Make the mask from this picture.':
    'Die Maske hat {mask} Pixel und das Bild {picture}: Beide brauchen dasselbe Seitenverhältnis. Die Maske aus diesem Bild machen.',
  "The mask is {mask} pixels; it is scaled to the picture's {picture}.":
    'Die Maske hat {mask} Pixel; sie wird auf die {picture} des Bildes skaliert.',
  'not a stroke of a painted mask': 'kein Strich einer gemalten Maske',
  'more than {mostStrokes} strokes': 'mehr als {mostStrokes} Striche',
  'this painting is too large; clear it or take strokes back':
    'diese Bemalung ist zu groß; leeren oder Striche zurücknehmen',
  'The text has a {} but nothing is wired to "Insert". Wire a text in, or take the {} out.':
    'Im Text steht {}, aber mit „Einsetzen“ ist nichts verbunden. Einen Text verbinden oder {} herausnehmen.',
  'These wildcards give {ways} prompts; at most {mostPrompts} are made at once. Draw one, or take some away.':
    'Diese Platzhalter ergeben {~ways} Prompts; höchstens {mostPrompts} werden auf einmal gemacht. Einen ziehen lassen oder einige herausnehmen.',
  'more than a million': 'mehr als eine Million',
  '"{words}" begins with a { that is never closed. Close it, or write \\{.':
    '„{words}“ beginnt mit einer {, die nie geschlossen wird. Schließen oder \\{ schreiben.',
  'Variables, line {place}: write it as "name = value".':
    'Variablen, Zeile {place}: als „name = wert“ schreiben.',
  'Variables, line {place}: "{name}" has a value already.':
    'Variablen, Zeile {place}: „{name}“ hat schon einen Wert.',
  'The variable "{name}" has no value. Add a line "{name2} = …" to the variables, or write \\$ or \\{ where the sign itself is meant.':
    'Die Variable „{name}“ hat keinen Wert. Zu den Variablen eine Zeile „{name2} = …“ schreiben, oder \\$ oder \\{, wo das Zeichen selbst gemeint ist.',
  'The variable "{name}" is made of itself. Break the loop.':
    'Die Variable „{name}“ besteht aus sich selbst. Die Schleife auflösen.',
  'This workflow has no subgraph "{subgraph}"; remove the node.':
    'In diesem Workflow gibt es keinen Untergraphen „{subgraph}“; den Knoten entfernen.',
  'The subgraph "{title}" is inside itself; remove it there, or it would never end.':
    'Der Untergraph „{title}“ enthält sich selbst; dort entfernen, sonst nähme es kein Ende.',
  'The subgraphs of this workflow stand for more than {mostNodes} nodes; use fewer inside each other.':
    'Die Untergraphen dieses Workflows stehen für mehr als {mostNodes} Knoten; weniger ineinander verwenden.',
  'A subgraph has no result of its own to pin. Pin the nodes inside "{title}" instead.':
    'Ein Untergraph hat kein eigenes Ergebnis zum Anheften. Stattdessen die Knoten in „{title}“ anheften.',
  '{title} has no param "{name}"; remove it or correct its name.':
    '{~title} hat keinen Parameter „{name}“; entfernen oder den Namen berichtigen.',
  '{title} has no {side} "{port}".': '{~title} hat keinen {~side} „{port}“.',
  'This is not a workflow file: it is not JSON ({reason}).':
    'Keine Workflow-Datei: Es ist kein JSON ({reason}).',
  'This is not a workflow file: a JSON object with "seedloom" is expected.':
    'Keine Workflow-Datei: Erwartet wird ein JSON-Objekt mit „seedloom“.',
  'This is not a Seedloom workflow: the format number "seedloom" is missing.':
    'Kein Workflow von Seedloom: Die Formatnummer „seedloom“ fehlt.',
  'This file has format {format}; this Seedloom reads up to {documentFormat}. Update Seedloom to open it. The file was not changed.':
    'Diese Datei hat Format {format}; dieses Seedloom liest bis {documentFormat}. Zum Öffnen Seedloom aktualisieren. Die Datei ist unverändert.',
  '"{key}" is not a key Seedloom knows here; remove it or open the file with the version that wrote it.':
    '„{key}“ kennt Seedloom hier nicht; entfernen oder die Datei mit der Version öffnen, die sie geschrieben hat.',
  'a saved node is named by a-z, 0-9 and "-"': 'ein gespeicherter Knoten heißt mit a-z, 0-9 und „-“',
  'its own subgraph is not in it': 'sein eigener Untergraph ist nicht darin',
  'a node id is 1 to 64 letters, digits, "-" or "_"':
    'eine Knoten-Id hat 1 bis 64 Buchstaben, Ziffern, „-“ oder „_“',
  'an end of an edge is written "node.port"': 'ein Ende einer Leitung heißt „knoten.anschluss“',
  'a pin stands at "item" or "item.copy", such as "0" or "2.1"':
    'angeheftet wird an „element“ oder „element.kopie“, etwa „0“ oder „2.1“',
  'a wire is written "node.port node.port"': 'eine Leitung heißt „knoten.anschluss knoten.anschluss“',
  'a port is named by letters, digits, "-" or "_"':
    'ein Anschluss heißt mit Buchstaben, Ziffern, „-“ oder „_“',
  'an end of an edge is written "node.port" or "@{side}.port"':
    'ein Ende einer Leitung heißt „knoten.anschluss“ oder „@{side}.anschluss“',
  'each name stands here once': 'jeder Name steht hier einmal',
  '{nodes} in one: {names}{more}': '{~nodes} in einem: {,names}{more}',
  '{count} nodes': '{count} Knoten',
  'What comes into {title}.': 'Was in {title} hineingeht.',
  'What {title} gives.': 'Was {title} ergibt.',
  'This is not a safetensors file': 'Das ist keine safetensors-Datei',
  '{notOne}: it is too short.': '{~notOne}: zu kurz.',
  '{notOne}: its header is empty.': '{~notOne}: der Kopf ist leer.',
  '{notOne}, or not all of it: its header would end after the file. Copy it anew.':
    '{~notOne} oder nicht die ganze: Der Kopf würde hinter der Datei enden. Neu kopieren.',
  'The header of this file has {e6} MB; Seedloom reads up to {e62} MB.':
    'Der Kopf dieser Datei hat {e6} MB; Seedloom liest bis {e62} MB.',
  'This is not a safetensors file: its header cannot be read.':
    'Das ist keine safetensors-Datei: Der Kopf ist nicht lesbar.',
  'This is not a safetensors file: its header has no members.':
    'Das ist keine safetensors-Datei: Der Kopf hat keine Einträge.',
  'This is not a safetensors file: "{name}" is no tensor.':
    'Das ist keine safetensors-Datei: „{name}“ ist kein Tensor.',
  'This file is not whole: weights at its end are missing. Copy it anew.':
    'Diese Datei ist nicht ganz: Am Ende fehlen Gewichte. Neu kopieren.',
};
