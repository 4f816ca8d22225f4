import type { Sentences } from '../../sentences';

/** Runs, the network below them, and the data folder. */
export const runs: Sentences = {
  'Seedloom is closing.': 'Seedloom wird beendet.',
  'There is no run "{id}".': 'Es gibt keinen Lauf „{id}“.',
  'Run {id} is under way.': 'Lauf {id} ist im Gange.',
  'Run {id} is under way in another Seedloom.': 'Lauf {id} ist in einem anderen Seedloom im Gange.',
  'There is no provider "{id}"; there are {providers}.':
    'Es gibt keinen Anbieter „{id}“; es gibt {providers}.',
  'It needs no key.': 'Es braucht keinen Schlüssel.',
  '"{url}" is not a web address (http:// or https://). Check the address in the settings.':
    '„{url}“ ist keine Webadresse (http:// oder https://). Die Adresse in den Einstellungen prüfen.',
  '{label} needs a key ({name}). Enter it in the settings, or set {secretVariable}.':
    '{~label} braucht einen Schlüssel ({~name}). In den Einstellungen eintragen oder {secretVariable} setzen.',
  '{label} answered with an error ({status}) that Seedloom cannot read.':
    '{~label} hat mit einem Fehler geantwortet ({status}), den Seedloom nicht lesen kann.',
  'Cancelled before the answer came.': 'Abgebrochen, bevor die Antwort da war.',
  '{host} stopped in the middle of its answer. Check the connection, or try again later.':
    '{host} hat mitten in der Antwort aufgehört. Die Verbindung prüfen oder es später noch einmal versuchen.',
  '{host} did not answer in time. Check the connection, or try again later.':
    '{host} hat nicht rechtzeitig geantwortet. Die Verbindung prüfen oder es später noch einmal versuchen.',
  '{host} cannot be reached: no web service has that port. Check the address in the settings; nothing was sent.':
    '{host} ist nicht erreichbar: Kein Webdienst hat diesen Port. Die Adresse in den Einstellungen prüfen; nichts wurde gesendet.',
  '{host} cannot be reached. Check the address in the settings and your connection; nothing was sent.':
    '{host} ist nicht erreichbar. Die Adresse in den Einstellungen und die Verbindung prüfen; nichts wurde gesendet.',
  'The connection to {host} broke before the whole answer came.':
    'Die Verbindung zu {host} ist abgerissen, bevor die ganze Antwort da war.',
  'in the settings under Image host': 'in den Einstellungen unter Bild-Host',
  'Choose an image host {where}, or with SEEDLOOM_IMAGE_HOST ({imageHosts}), to give them one; or choose another route.':
    'Einen Bild-Host {~where} wählen, oder mit SEEDLOOM_IMAGE_HOST ({imageHosts}), damit es Links gibt; oder eine andere Route wählen.',
  'There is no image host "{id}"; there are {imageHosts}. Choose one {where}.':
    'Es gibt keinen Bild-Host „{id}“; es gibt {imageHosts}. Einen {~where} wählen.',
  'The image host, {label}, needs a key ({label2}). Enter it {where}, or set {secretVariable}.':
    'Der Bild-Host {~label} braucht einen Schlüssel ({~label2}). {~where} eintragen oder {secretVariable} setzen.',
  'The image host, {label}, needs to know: {label2}. Enter it {where}, or give --setting {id}.{name}=….':
    'Dem Bild-Host {~label} fehlt eine Angabe: {~label2}. {~where} eintragen oder --setting {id}.{name}=… angeben.',
  'The service named "{url}" as the place of a picture, which is no web address.':
    'Der Dienst hat „{url}“ als Ort eines Bildes genannt; das ist keine Webadresse.',
  'The service named "{host}" as the place of a picture, which is inside your own network. It was not fetched.':
    'Der Dienst hat „{host}“ als Ort eines Bildes genannt; das liegt im eigenen Netz. Es wurde nicht geholt.',
  'The answer is larger than 256 MB and was not read. Ask the service what it sends.':
    'Die Antwort ist größer als 256 MB und wurde nicht gelesen. Beim Dienst nachfragen, was er sendet.',
  'Step {step} of run {run} is not in doubt; there is nothing to answer.':
    'Schritt {step} von Lauf {run} ist nicht im Zweifel; es gibt nichts zu beantworten.',
  'It cannot run as it is.': 'So kann es nicht laufen.',
  '{first} (and {length} more)': '{~first} (und {length} weitere)',
  'It may still finish there: it is asked for again later, and never sent a second time.':
    'Dort wird es vielleicht noch fertig: Später wird noch einmal danach gefragt, und nie ein zweites Mal gesendet.',
  'Cancelled here, but the service could not be stopped. {laterWords}':
    'Hier abgebrochen, aber der Dienst ließ sich nicht stoppen. {~laterWords}',
  'Only {e6} MB are free where "{dataFolder}" is, and what is paid for must find room. Nothing was sent. Free some space and run again.':
    'Nur {e6} MB sind frei, wo „{dataFolder}“ liegt, und Bezahltes muss Platz finden. Nichts wurde gesendet. Platz schaffen und noch einmal ausführen.',
  '{label} said it was done and gave no pictures. Look at your usage there before running again.':
    '{~label} meldete sich fertig und gab keine Bilder. Vor dem nächsten Lauf dort den Verbrauch ansehen.',
  "{label} made the picture, and it cannot be fetched there any more. Ask its support with the request's number, or run again: that is charged anew. ({message})":
    '{~label} hat das Bild gemacht, und dort ist es nicht mehr abzuholen. Beim Support mit der Nummer der Anfrage nachfragen, oder noch einmal ausführen: Das kostet neu. ({~message})',
  'The request to {label} was cut, and it cannot be asked whether it was taken. Look at your usage at {homepage}, then choose: send again, or give up.':
    'Die Anfrage an {~label} wurde abgeschnitten, und ob sie angenommen wurde, lässt sich nicht fragen. Den Verbrauch auf {homepage} ansehen, dann wählen: noch einmal senden oder aufgeben.',
  'An earlier request for this picture is on record, and the record cannot be read. Nothing was sent: it may be paid for already. Look at your usage there; a new take of the node is made and paid for anew.':
    'Eine frühere Anfrage nach diesem Bild ist verzeichnet, und der Eintrag ist nicht lesbar. Nichts wurde gesendet: Vielleicht ist sie schon bezahlt. Dort den Verbrauch ansehen; eine neue Aufnahme des Knotens wird neu gemacht und bezahlt.',
  'The request was not sent.': 'Die Anfrage wurde nicht gesendet.',
  'Whether it was taken is not known yet.': 'Ob sie angenommen wurde, ist noch nicht bekannt.',
  'What was asked for cannot be read any more. Queue the workflow again.':
    'Was verlangt war, ist nicht mehr lesbar. Den Workflow neu einreihen.',
  'Run {run} is under way; it can only be cancelled.':
    'Lauf {run} ist im Gange; er lässt sich nur abbrechen.',
  'No run "{run}" waits in the queue.': 'Kein Lauf „{run}“ wartet in der Schlange.',
  'answered too late for this run; run it again':
    'für diesen Lauf zu spät beantwortet; noch einmal ausführen',
  'Another Seedloom goes on with this run.': 'Ein anderes Seedloom führt diesen Lauf weiter.',
  'held for vendor': 'wartet auf den Dienst',
  'held for choice': 'wartet auf die Auswahl',
  'waits for the choice at {choices}': 'wartet auf die Auswahl bei {choices}',
  'held for {for}': 'wartet: {for}',
  'held for budget': 'wartet auf das Budget',
  'needs {from}, which did not finish': 'braucht {from}, das nicht fertig wurde',
  'needs number {item} of {from}, which made {made}':
    'braucht Nummer {item} von {from}, das {made} gemacht hat',
  'Choose a folder on a disk of this computer with SEEDLOOM_HOME.':
    'Mit SEEDLOOM_HOME einen Ordner auf einer Platte dieses Computers wählen.',
  'The data folder "{folder}" is on a network drive ({kind}). Seedloom\'s database is not safe there, so nothing was opened. {elsewhere}':
    'Der Datenordner „{folder}“ liegt auf einem Netzlaufwerk ({~kind}). Seedlooms Datenbank ist dort nicht sicher, deshalb wurde nichts geöffnet. {~elsewhere}',
  'the disk is full. Free some space and start again.':
    'die Platte ist voll. Platz schaffen und neu starten.',
  'the disk quota is used up. Free some space and start again.':
    'das Kontingent der Platte ist aufgebraucht. Platz schaffen und neu starten.',
  'the disk is read-only. {elsewhere}': 'die Platte ist schreibgeschützt. {~elsewhere}',
  'a part of its path is a file. {elsewhere}': 'ein Teil des Pfades ist eine Datei. {~elsewhere}',
  'there is a file of that name. {elsewhere}': 'es gibt eine Datei dieses Namens. {~elsewhere}',
  'access is denied. Check its permissions, or use another. {elsewhere}':
    'der Zugriff ist verweigert. Die Rechte prüfen oder einen anderen nehmen. {~elsewhere}',
  'The data folder "{folder}" cannot be written: {reason}':
    'Der Datenordner „{folder}“ ist nicht beschreibbar: {~reason}',
  'The data folder "{folder}" was written by a newer Seedloom. Nothing in it was changed. Update Seedloom, or choose another folder with SEEDLOOM_HOME.':
    'Der Datenordner „{folder}“ kommt von einem neueren Seedloom. Nichts darin wurde geändert. Seedloom aktualisieren oder mit SEEDLOOM_HOME einen anderen Ordner wählen.',
  'The database in "{folder}" is damaged and could not be set aside. Close every Seedloom and start again, or move the folder away yourself.':
    'Die Datenbank in „{folder}“ ist beschädigt und ließ sich nicht beiseitelegen. Jedes Seedloom schließen und neu starten, oder den Ordner selbst wegräumen.',
  'Seedloom\'s database was damaged, and a new one was begun. The old one is kept as "{aside}". Jobs that were under way at a service may have been charged and cannot be collected: look at your usage there before you run again.':
    'Seedlooms Datenbank war beschädigt, und eine neue ist begonnen. Die alte liegt als „{aside}“ bereit. Aufträge, die bei einem Dienst im Gange waren, können berechnet sein und lassen sich nicht abholen: vor dem nächsten Lauf dort den Verbrauch ansehen.',
  'Finished pictures are still in "{blobs}". History, receipts and budgets begin anew, and steps that were finished will be made again.':
    'Fertige Bilder liegen noch in „{blobs}“. Verlauf, Belege und Budgets beginnen neu, und fertige Schritte werden noch einmal gemacht.',
  'a shared folder': 'ein freigegebener Ordner',
};
