import type { Sentences } from '../../sentences';

/** The window and the program behind it. */
export const program: Sentences = {
  'This picture is not there any more.': 'Dieses Bild gibt es nicht mehr.',
  '{pod} It is looked after again.': '{~pod} Er wird wieder beaufsichtigt.',
  'The run {id} could not go on. {why}': 'Der Lauf {id} konnte nicht weitergehen. {~why}',
  'This run is not under way here.': 'Dieser Lauf ist hier nicht im Gange.',
  '{pictures} of earlier runs may still come: the service is asked until it says how they ended.':
    '{~pictures} früherer Läufe kommen vielleicht noch: Der Dienst wird gefragt, bis er sagt, wie sie endeten.',
  'There is no call "{name}".': 'Es gibt keinen Aufruf „{name}“.',
  'The input of "{call}" is not right.': 'Die Eingabe von „{call}“ stimmt nicht.',
  '"{path}" was not opened here.': '„{path}“ wurde hier nicht geöffnet.',
  'This page may not call Seedloom.': 'Diese Seite darf Seedloom nicht aufrufen.',
  'Start Seedloom again; runs that were cut go on then.':
    'Seedloom neu starten; unterbrochene Läufe gehen dann weiter.',
  'It was started again, and runs that were cut go on by themselves.':
    'Er wurde neu gestartet, und unterbrochene Läufe gehen von selbst weiter.',
  'The part of Seedloom that runs workflows stopped unexpectedly. {next} Nothing is paid for twice.':
    'Der Teil von Seedloom, der Workflows ausführt, ist unerwartet stehen geblieben. {~next} Nichts wird zweimal bezahlt.',
  'There is no example "{name}".': 'Es gibt kein Beispiel „{name}“.',
  '"{folder}" could not be shown ({trouble}).': '„{folder}“ ließ sich nicht zeigen ({trouble}).',
  'There is no key "{id}".': 'Es gibt keinen Schlüssel „{id}“.',
  'The file of your keys could not be read. Enter the keys again; the old file was kept as "{keptAs}".':
    'Die Datei der Schlüssel war nicht lesbar. Die Schlüssel neu eintragen; die alte Datei liegt als „{keptAs}“ bereit.',
  'The system could not decrypt {unreadable}. Enter these keys again.':
    'Das System konnte {unreadable} nicht entschlüsseln. Diese Schlüssel neu eintragen.',
  'What was open could not be read whole, and was set aside. Workflows saved in files are not touched.':
    'Was offen war, ließ sich nicht ganz lesen und liegt beiseite. Workflows in Dateien sind unberührt.',
  'The settings file could not be read. Seedloom started with the initial settings and kept the old file as "{keptAs}".':
    'Die Einstellungsdatei war nicht lesbar. Seedloom hat mit den Anfangswerten begonnen und die alte Datei als „{keptAs}“ behalten.',
  'The window stopped unexpectedly and was opened again. Runs were not touched.':
    'Das Fenster ist unerwartet stehen geblieben und wurde neu geöffnet. Läufe sind unberührt.',
  'This template is not there any more.': 'Diese Vorlage gibt es nicht mehr.',
  'This version is not there any more, or it is damaged. Choose another.':
    'Diese Version gibt es nicht mehr, oder sie ist beschädigt. Eine andere wählen.',
  '"{file}" is not a workflow file (name.seedloom, name.seedloom.zip, or a picture).':
    '„{file}“ ist keine Workflow-Datei (name.seedloom, name.seedloom.zip oder ein Bild).',
  'The file "{file}" is not there any more.': 'Die Datei „{file}“ gibt es nicht mehr.',
  '"{target}" was not opened or chosen here; use Save as.':
    '„{target}“ wurde hier nicht geöffnet oder gewählt; „Speichern unter“ nehmen.',
  '"{path}" could not be written ({reason}). The file on disk is unchanged; save it somewhere else.':
    '„{path}“ ließ sich nicht schreiben ({reason}). Die Datei auf der Platte ist unverändert; woanders speichern.',
  '"{path}" is too large for a workflow file.': '„{path}“ ist zu groß für eine Workflow-Datei.',
};
