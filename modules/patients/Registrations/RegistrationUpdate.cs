using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>
/// What a patient says has changed, on a form that the practice words: how to reach them, whom to call, what to speak. It is written by the
/// same rules as at the desk, once somebody ticked it.
/// </summary>
public sealed class RegistrationUpdate(
    PatientsDb db, ChartEditor editor, ISettings<PatientsSettings> settings, IMessageBus bus, IPractice practice, TimeProvider clock) : IFormRecord
{
    private const string FirstName = "emergency-first-name", LastName = "emergency-last-name", Phone = "emergency-phone", Relationship = "emergency-relationship";

    // Of the patient, in the order of the registration; and what whoever reads Spanish is asked.
    private static readonly (string Field, string Spanish)[] Asked =
    [
        (nameof(PatientForm.PreferredName), "Nombre preferido"), (nameof(PatientForm.Pronouns), "Pronombres"),
        (nameof(PatientForm.Language), "Idioma"), (nameof(PatientForm.Interpreter), "Intérprete"),
        (nameof(PatientForm.Address), "Dirección"), (nameof(PatientForm.Address2), "Apartamento o unidad"), (nameof(PatientForm.City), "Ciudad"),
        (nameof(PatientForm.State), "Estado"), (nameof(PatientForm.Zip), "Código postal"), (nameof(PatientForm.MobilePhone), "Teléfono móvil"),
        (nameof(PatientForm.HomePhone), "Teléfono de casa"), (nameof(PatientForm.WorkPhone), "Teléfono del trabajo"),
        (nameof(PatientForm.Email), "Correo electrónico"), (nameof(PatientForm.PreferredChannel), "Cómo prefiere que le contactemos"),
        (nameof(PatientForm.VoiceMessages), "En el buzón de voz"), (nameof(PatientForm.Employment), "Empleo"),
        (nameof(PatientForm.Employer), "Empleador"), (nameof(PatientForm.Occupation), "Ocupación"),
    ];

    private static readonly Dictionary<string, string> InSpanish = new()
    {
        ["English"] = "Inglés", ["Spanish"] = "Español", ["Chinese"] = "Chino", ["Vietnamese"] = "Vietnamita", ["Tagalog"] = "Tagalo",
        ["Arabic"] = "Árabe", ["French"] = "Francés", ["Haitian Creole"] = "Criollo haitiano", ["Korean"] = "Coreano", ["Portuguese"] = "Portugués",
        ["Russian"] = "Ruso", ["German"] = "Alemán", ["Polish"] = "Polaco", ["Somali"] = "Somalí", ["Hindi"] = "Hindi",
        ["American Sign Language"] = "Lengua de señas americana", ["Interpreter"] = "Intérprete", ["Sign language interpreter"] = "Intérprete de señas",
        ["Mobile phone"] = "Teléfono móvil", ["Home phone"] = "Teléfono de casa", ["Work phone"] = "Teléfono del trabajo",
        ["E-mail"] = "Correo electrónico", ["Letter"] = "Carta", ["No contact"] = "Ningún contacto",
        ["May leave details"] = "Pueden dejar detalles", ["Ask to call back only"] = "Solo pedir que llame", ["Leave no message"] = "No dejar mensaje",
        ["Full time"] = "Tiempo completo", ["Part time"] = "Tiempo parcial", ["Self-employed"] = "Por cuenta propia", ["Retired"] = "Jubilado",
        ["Student"] = "Estudiante", ["Not employed"] = "Sin empleo", ["Spouse"] = "Cónyuge", ["Parent"] = "Padre o madre", ["Guardian"] = "Tutor",
        ["Child"] = "Hijo o hija", ["Brother or sister"] = "Hermano o hermana", ["Grandparent"] = "Abuelo o abuela", ["Partner"] = "Pareja",
        ["Friend"] = "Amigo o amiga", ["Caregiver"] = "Cuidador", ["Attorney"] = "Abogado", ["Other"] = "Otro",
    };

    public static readonly FormKind Kind = new("patients.registration", "Registration update", PatientsPermissions.Edit, PatientsPermissions.Edit)
    {
        About = PatientsModule.PatientRecord, Role = Roles.FrontDesk,
        Fields =
        [
            .. Asked.Select(a => Field(PatientField.ByName[a.Field], a.Spanish)),
            new(FirstName, "First name of whom to call in an emergency") { InSpanish = "Nombre de la persona a quien llamar en una emergencia" },
            new(LastName, "Last name of whom to call in an emergency") { InSpanish = "Apellido de la persona a quien llamar en una emergencia" },
            new(Phone, "Phone of whom to call in an emergency")
            {
                InSpanish = "Teléfono de esa persona", Read = typed => TypedPhone.Read(typed), Show = TypedPhone.Show,
            },
            new(Relationship, "Who that person is to the patient")
            {
                InSpanish = "Qué es esa persona para el paciente", Choices = Choices.ContactRelationship, ChoicesInSpanish = Spanish(Choices.ContactRelationship),
            },
        ],
    };

    private DateOnly Today => WallTime.Today(clock, practice.Zone);

    public async Task<FormRecord?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } patient)
        {
            return null;
        }

        var values = Asked.Select(a => PatientField.ByName[a.Field]).ToDictionary(NameOf, f => f.Stored(patient));
        if (await FirstToCallAsync(id, ct) is { } contact)
        {
            (values[FirstName], values[LastName]) = (contact.FirstName, contact.LastName);
            (values[Phone], values[Relationship]) = (contact.Phone, contact.Relationship);
        }

        var name = patient.FullName;
        return new(patient.Version, name.Length > 120 ? name[..120] : name, values)
        {
            BirthDate = patient.BirthDate, Language = PatientTexts.Of<PatientsModule>(patient.Language).Language,
        };
    }

    public async Task<IReadOnlyList<FieldError>> TakeAsync(Guid id, int version, IReadOnlyDictionary<string, string> taken, CancellationToken ct)
    {
        var patient = await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct);
        if (patient?.Version != version)
        {
            throw new DbUpdateConcurrencyException("The patient was saved after the answers were compared with it.");
        }

        var errors = new List<FieldError>();
        if (taken.Keys.Any(k => !IsOfContact(k)))
        {
            errors.AddRange(await ChangeAsync(patient, taken, ct));
        }

        if (errors.Count == 0 && taken.Keys.Any(IsOfContact))
        {
            errors.AddRange(await CallAsync(patient, taken, ct));
        }

        return errors;
    }

    private async Task<IEnumerable<FieldError>> ChangeAsync(Patient patient, IReadOnlyDictionary<string, string> taken, CancellationToken ct)
    {
        var form = await editor.FormAsync(patient, ct);
        foreach (var field in Asked.Select(a => PatientField.ByName[a.Field]).Where(f => taken.ContainsKey(NameOf(f))))
        {
            field[form] = taken[NameOf(field)];
        }

        // Consent to texts was given for the number as it stood.
        if (taken.ContainsKey("mobile-phone"))
        {
            form.TextConsent = null;
        }

        var errors = await editor.ChangeAsync(patient, form, Today, ct);
        return errors.Select(e => e with { Field = Names.Kebab(e.Field) });
    }

    /// <summary>Another person is a new contact, whom to call first; the others stay and come after.</summary>
    private async Task<IEnumerable<FieldError>> CallAsync(Patient patient, IReadOnlyDictionary<string, string> taken, CancellationToken ct)
    {
        var first = await FirstToCallAsync(patient.Id, ct);
        var another = first is null || taken.ContainsKey(FirstName) || taken.ContainsKey(LastName);
        var contact = another ? new Contact { PatientId = patient.Id, Relationship = "other" } : first!;
        var form = new ContactForm();
        form.Show(contact);
        (form.FirstName, form.LastName) = (taken.GetValueOrDefault(FirstName) ?? form.FirstName, taken.GetValueOrDefault(LastName) ?? form.LastName);
        form.LastName = another && string.IsNullOrEmpty(form.LastName) ? first?.LastName : form.LastName;
        (form.Phone, form.Relationship) = (taken.GetValueOrDefault(Phone) ?? form.Phone, taken.GetValueOrDefault(Relationship) ?? form.Relationship);
        (form.Emergency, form.FromDate) = (another ? "1" : form.Emergency, another ? Said.ShortDay(Today) : form.FromDate);
        var read = new Reading(Today);
        form.Write(contact, read);
        if (read.Errors.Count > 0)
        {
            return read.Errors.Select(e => new FieldError(e.Field switch
            {
                nameof(form.FirstName) => FirstName,
                nameof(form.Phone) => Phone,
                nameof(form.Relationship) => Relationship,
                _ => LastName,
            }, e.Sentence));
        }

        if (another)
        {
            foreach (var other in await db.Contacts.Where(c => c.PatientId == patient.Id && c.Emergency != null).ToListAsync(ct))
            {
                other.Emergency = Math.Min(9, other.Emergency!.Value + 1);
            }

            db.Add(contact);
        }

        await db.SaveChangesAsync(ct);
        await Registration.FinishAsync(db, patient, await settings.GetAsync(ct: ct), Today, ct);
        await (contact.Guarantor ? db.TellAnewAsync(bus, [patient], Today, ct) : db.SaveChangesAsync(ct));
        return [];
    }

    private async Task<Contact?> FirstToCallAsync(Guid patient, CancellationToken ct)
    {
        var today = Today;
        return await db.Contacts.Where(c => c.PatientId == patient && c.Emergency != null && c.FromDate <= today && (c.ToDate == null || c.ToDate >= today))
            .OrderBy(c => c.Emergency).ThenBy(c => c.Id).FirstOrDefaultAsync(ct);
    }

    private static bool IsOfContact(string field) => field is FirstName or LastName or Phone or Relationship;

    private static string NameOf(PatientField field) => Names.Kebab(field.Name);

    private static FormField Field(PatientField field, string spanish)
    {
        var choices = field.Options?.Where(o => !string.IsNullOrEmpty(o.Value)).ToDictionary(o => o.Value, o => o.Text);
        return new(NameOf(field), field.Label)
        {
            InSpanish = spanish, Choices = choices, ChoicesInSpanish = choices is null ? null : Spanish(choices),
            Read = field.Declared.Kind switch
            {
                FieldKind.Phone => typed => TypedPhone.Read(typed),
                FieldKind.Zip => typed => string.Concat(typed.Where(char.IsAsciiDigit)),
                FieldKind.State => typed => new Reading(default).State(field.Name, typed) ?? typed,
                _ => null,
            },
            Show = field.Declared.Kind switch { FieldKind.Zip => Format.Zip, FieldKind.Phone => TypedPhone.Show, _ => null },
        };
    }

    private static Dictionary<string, string> Spanish(IReadOnlyDictionary<string, string> choices) =>
        choices.ToDictionary(c => c.Key, c => InSpanish.GetValueOrDefault(c.Value, c.Value));
}
