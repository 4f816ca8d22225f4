import type { Sentences } from '../../sentences';

/** Pictures, bundles and everything else on the disk. */
export const files: Sentences = {
  'It may not be read.': 'Zum Lesen fehlt das Recht.',
  'It cannot be read ({message}).': 'Nicht lesbar ({message}).',
  'a path in a bundle leads out of it': 'ein Pfad im Bündel führt aus ihm hinaus',
  '"{file}" could not be unpacked ({reason}).': '„{file}“ ließ sich nicht entpacken ({reason}).',
  '"{file}" could not be read ({reason}).': '„{file}“ ließ sich nicht lesen ({reason}).',
  'it has two files of one name': 'zwei Dateien darin heißen gleich',
  'it would unpack to far more than it is': 'es wäre entpackt viel größer, als es ist',
  'the name "{name}" leads out of it': 'der Name „{name}“ führt aus ihm hinaus',
  '"{name}" is larger than 512 MB': '„{name}“ ist größer als 512 MB',
  'it has no {manifestName}': '{manifestName} fehlt darin',
  'its {manifestName} is not as it should be': '{manifestName} darin ist nicht, wie es sein soll',
  '"{name}" is not in its list': '„{name}“ steht nicht in der Liste',
  'its workflow is missing': 'der Workflow fehlt',
  '"{name}" is too large': '„{name}“ ist zu groß',
  'a picture is missing': 'ein Bild fehlt',
  '"{name}" is not the picture it should be': '„{name}“ ist nicht das Bild, das es sein soll',
  'The pictures are more than 4 GB together, and a bundle holds no more. Export it without results, or in parts.':
    'Die Bilder sind zusammen über 4 GB groß, mehr fasst ein Bündel nicht. Ohne Ergebnisse exportieren, oder in Teilen.',
  'The bundle could not be written to "{path}" ({reason}). Choose another folder.':
    'Das Bündel ließ sich nicht nach „{path}“ schreiben ({reason}). Einen anderen Ordner wählen.',
  'it has no end': 'es hat kein Ende',
  'it lists too many files': 'es führt zu viele Dateien auf',
  'its end is missing': 'das Ende fehlt',
  'its list is cut': 'die Liste ist abgeschnitten',
  'it is locked with a password': 'es ist mit einem Passwort geschützt',
  'it is packed in a way Seedloom does not read': 'es ist so gepackt, dass Seedloom es nicht liest',
  'a file in it is cut': 'eine Datei darin ist abgeschnitten',
  'a file in it is missing': 'eine Datei darin fehlt',
  'a file in it is larger than it says': 'eine Datei darin ist größer als angegeben',
  'This is no whole bundle of Seedloom: {why}. Get the file again.':
    'Das ist kein ganzes Bündel von Seedloom: {~why}. Die Datei neu holen.',
  'There is no such file.': 'Diese Datei gibt es nicht.',
  'The file cannot be read ({reason}).': 'Die Datei ist nicht lesbar ({reason}).',
  'The picture could not be written to "{folder}" ({reason}). Choose another folder.':
    'Das Bild ließ sich nicht nach „{folder}“ schreiben ({reason}). Einen anderen Ordner wählen.',
  'The picture could not be written to "{path}" ({reason}).':
    'Das Bild ließ sich nicht nach „{path}“ schreiben ({reason}).',
  'The picture "{path}" is not there. Put it back, or choose another.':
    'Das Bild „{path}“ ist nicht da. Zurücklegen oder ein anderes wählen.',
  '"{path}" is larger than 512 MB. Choose a smaller picture.':
    '„{path}“ ist größer als 512 MB. Ein kleineres Bild wählen.',
  'This picture was not looked up.': 'Dieses Bild wurde nicht nachgesehen.',
  'The picture "{name}" is not there any more. Choose it again.':
    'Das Bild „{name}“ ist nicht mehr da. Neu wählen.',
  'The folder "{path}" is not there. Choose it again.': 'Der Ordner „{path}“ ist nicht da. Neu wählen.',
  'The folder "{path}" holds no pictures Seedloom can read.':
    'Im Ordner „{path}“ ist kein Bild, das Seedloom lesen kann.',
  'The run could not be written to "{folder}" ({reason}). Choose another folder.':
    'Der Lauf ließ sich nicht nach „{folder}“ schreiben ({reason}). Einen anderen Ordner wählen.',
  'No run here has made this picture.': 'Kein Lauf hier hat dieses Bild gemacht.',
  '(data folder)': '(Datenordner)',
  '"{name}" carries a workflow this Seedloom cannot read. Use it as a picture, or update Seedloom.':
    '„{name}“ trägt einen Workflow, den dieses Seedloom nicht lesen kann. Als Bild verwenden oder Seedloom aktualisieren.',
  'The workflow in "{name}" cannot be opened. {message}':
    'Der Workflow in „{name}“ lässt sich nicht öffnen. {~message}',
  '"{name}" carries a graph of ComfyUI, which is another kind. Export it there with "Save (API format)" and give that file to a ComfyUI workflow node, or add the picture itself with an Image node.':
    '„{name}“ trägt einen Graphen von ComfyUI, das ist eine andere Art. Dort mit „Save (API format)“ exportieren und die Datei einem Knoten „ComfyUI-Workflow“ geben, oder das Bild selbst mit einem Knoten „Bild“ einfügen.',
  '"{name}" carries no workflow: it was not saved by Seedloom, or another program has taken it out. It can be added as a picture.':
    '„{name}“ trägt keinen Workflow: nicht von Seedloom gespeichert, oder ein anderes Programm hat ihn entfernt. Als Bild lässt es sich einfügen.',
  '(output folder)': '(Ausgabeordner)',
  '(workflow folder)': '(Workflow-Ordner)',
  'The file of a LoRA is missing from the store. Run the node that trained it again, or bring back the data folder that has it.':
    'Die Datei einer LoRA fehlt im Speicher. Den Knoten, der sie trainiert hat, noch einmal ausführen, oder den Datenordner zurückbringen, der sie hat.',
  'What came is no whole LoRA file (safetensors): {trouble}. Get it again.':
    'Was kam, ist keine ganze LoRA-Datei (safetensors): {~trouble}. Neu holen.',
  'it has {byteLength} bytes': 'sie hat {byteLength} Bytes',
  'it does not begin as one': 'sie beginnt nicht wie eine',
  'it ends within its header': 'sie endet in ihrem Kopf',
  'its header cannot be read': 'ihr Kopf ist nicht lesbar',
  'there is nothing in it': 'es ist nichts darin',
  '{end} bytes of weights were announced and {there} came':
    '{end} Bytes Gewichte waren angekündigt, und {there} kamen',
  '{label} cannot list its LoRAs. Write the name of the file.':
    '{~label} kann seine LoRAs nicht aufzählen. Den Namen der Datei schreiben.',
  'A picture is missing from the picture store. Run the node that made it again.':
    'Ein Bild fehlt im Bildspeicher. Den Knoten, der es gemacht hat, noch einmal ausführen.',
  'read a picture from': 'ließ sich ein Bild nicht lesen',
  'write a picture to': 'ließ sich ein Bild nicht schreiben',
  'This picture carries a workflow that is damaged: another program may have cut it. The picture itself can be used.':
    'Dieses Bild trägt einen beschädigten Workflow: Ein anderes Programm hat ihn vielleicht beschnitten. Das Bild selbst ist brauchbar.',
  'the disk is full. Free some space and run again':
    'die Platte ist voll. Platz schaffen und noch einmal ausführen',
  'the disk quota is used up. Free some space and run again':
    'das Kontingent der Platte ist aufgebraucht. Platz schaffen und noch einmal ausführen',
  'access is denied. Check the folder’s permissions':
    'der Zugriff ist verweigert. Die Rechte des Ordners prüfen',
  'the disk is read-only. Choose another data folder':
    'die Platte ist schreibgeschützt. Einen anderen Datenordner wählen',
  'too many files are open. Try again': 'zu viele Dateien sind offen. Noch einmal versuchen',
  'the disk did not do it. Check the disk': 'die Platte hat es nicht ausgeführt. Die Platte prüfen',
  'Could not {doing} the data folder: {message}.': 'Im Datenordner {~doing}: {~message}.',
  'Seedloom reads PNG, JPEG, WebP, AVIF, GIF and TIFF': 'Seedloom liest PNG, JPEG, WebP, AVIF, GIF und TIFF',
  'not a picture': 'kein Bild',
  'This is not a picture': 'Das ist kein Bild',
  'This is {instead}': 'Das ist {~instead}',
  'This {toUpperCase} picture is damaged or incomplete. Get it again.':
    'Dieses {toUpperCase}-Bild ist beschädigt oder unvollständig. Neu holen.',
  'This picture has {width} × {height} pixels; Seedloom takes up to 100 million. Make it smaller first.':
    'Dieses Bild hat {width} × {height} Pixel; Seedloom nimmt bis zu 100 Millionen. Vorher verkleinern.',
  'This picture has no transparency to make a mask from. Take its brightness or a colour, or a PNG or WebP with a cut-out.':
    'Dieses Bild hat keine Transparenz für eine Maske. Seine Helligkeit oder eine Farbe nehmen, oder ein freigestelltes PNG oder WebP.',
  'so bright': 'so hell',
  'of that colour': 'von dieser Farbe',
  'Take a picture with a cut-out, or make the mask from something else.':
    'Ein freigestelltes Bild nehmen oder die Maske anders machen.',
  'Lower the threshold.': 'Die Schwelle senken.',
  'Take a picture with something white in it.': 'Ein Bild nehmen, in dem etwas weiß ist.',
  'Raise the tolerance, or pick another colour.': 'Die Toleranz erhöhen oder eine andere Farbe wählen.',
  'Open the painting and mark what is meant.': 'Die Bemalung öffnen und markieren, was gemeint ist.',
  'Shrink it less.': 'Weniger schrumpfen.',
  'Everything in this picture is {what}': 'Alles in diesem Bild ist {~what}',
  'Nothing in this picture is {what}': 'Nichts in diesem Bild ist {~what}',
  '{said}, or too small to be left after shrinking':
    '{~said}, oder zu klein, um nach dem Schrumpfen zu bleiben',
  '{gone}: the mask would mark nothing. {otherwise}':
    '{~gone}: Die Maske würde nichts markieren. {~otherwise}',
  '{width} × {height} is more than 100 million pixels. Choose a smaller size.':
    '{width} × {height} sind mehr als 100 Millionen Pixel. Eine kleinere Größe wählen.',
  '"{color}" is not a colour. Write it as #rrggbb.': '„{color}“ ist keine Farbe. Als #rrggbb schreiben.',
  'This build of Seedloom cannot write AVIF. Choose WebP or PNG.':
    'Dieses Seedloom kann kein AVIF schreiben. WebP oder PNG wählen.',
  'The picture could not be {doing}.': 'Das Bild ließ sich nicht {~doing}.',
  '{width} × {height} pixels from {left}, {top} end outside the picture, which is {width2} × {height2}. Choose a smaller part.':
    '{width} × {height} Pixel ab {left}, {top} reichen über das Bild hinaus, das {width2} × {height2} hat. Einen kleineren Ausschnitt wählen.',
  'The mask could not be made.': 'Die Maske ließ sich nicht machen.',
  'made a mask': 'zu einer Maske machen',
  'The mask could not be read.': 'Die Maske ließ sich nicht lesen.',
  'put together': 'zusammensetzen',
  'a Photoshop document': 'ein Photoshop-Dokument',
  'a Windows icon': 'ein Windows-Symbol',
  'a zip archive': 'ein Zip-Archiv',
  'a web page': 'eine Webseite',
  'an empty file': 'eine leere Datei',
  'A preview could not be made. Check the disk.': 'Eine Vorschau ließ sich nicht machen. Die Platte prüfen.',
  'set a damaged picture aside in': 'ließ sich ein beschädigtes Bild nicht beiseitelegen',
};
