-- Messages of callers were called slips: what is kept here about them follows their address and their permissions.
update core.tasks
set link = replace(link, '/patients/slips/', '/patients/phone-messages/'), permission = replace(permission, 'patients.slip.', 'patients.phone-message.')
where module = 'patients' and link like '/patients/slips/%';
update core.role_grants set permission = replace(permission, 'patients.slip.', 'patients.phone-message.') where permission like 'patients.slip.%';
update core.programs
set scopes = array_replace(array_replace(scopes, 'patients.slip.write', 'patients.phone-message.write'), 'patients.slip.answer', 'patients.phone-message.answer')
where scopes && array['patients.slip.write', 'patients.slip.answer'];
