const { contentDocument } = document.querySelector('iframe');
contentDocument.open();
contentDocument.write('<!doctype html><title>Mail</title><body contenteditable="true"></body>');
contentDocument.close();
