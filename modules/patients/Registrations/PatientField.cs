using System.Reflection;
using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A field of the patient as <see cref="PatientFieldAttribute"/> declares it on the form.</summary>
public sealed class PatientField
{
    private readonly PropertyInfo typed;
    private readonly PropertyInfo? kept;
    private readonly IReadOnlyDictionary<string, string>? choices;

    private PatientField(PropertyInfo property, PatientFieldAttribute declared)
    {
        (typed, Declared) = (property, declared);
        kept = declared.HasRule ? null : typeof(Patient).GetProperty(property.Name)
            ?? throw new InvalidOperationException($"Patient has no property {property.Name}.");
        choices = declared.Choices is null ? null
            : (IReadOnlyDictionary<string, string>)typeof(Choices).GetProperty(declared.Choices)!.GetValue(null)!;
        Label = declared.Label ?? property.Name[0] + Names.Kebab(property.Name)[1..].Replace('-', ' ');
        Column = Names.Snake(property.Name);
    }

    /// <summary>In the order of the form.</summary>
    public static IReadOnlyList<PatientField> All { get; } =
    [
        .. from property in typeof(PatientForm).GetProperties()
            let declared = property.GetCustomAttribute<PatientFieldAttribute>()
            where declared is not null
            orderby property.MetadataToken
            select new PatientField(property, declared),
    ];

    /// <summary>All that are typed as text.</summary>
    public static IReadOnlyList<PatientField> Texts { get; } = [.. All.Where(f => f.typed.PropertyType == typeof(string))];

    /// <summary>Those that programs read and change among the details.</summary>
    public static IReadOnlyList<PatientField> ForPrograms { get; } = [.. Texts.Where(f => f.Declared.ForPrograms)];

    public static IReadOnlyDictionary<string, PatientField> ByName { get; } = All.ToDictionary(f => f.Name);

    public PatientFieldAttribute Declared { get; }

    public string Name => typed.Name;

    public string Label { get; }

    /// <summary>Its name in files and to programs: <c>mobile_phone</c>.</summary>
    public string Column { get; }

    /// <summary>The control of the form; null: by its type.</summary>
    public string? Control => Declared.Kind switch
    {
        FieldKind.Phone => "phone",
        FieldKind.Email => "email",
        FieldKind.Zip => "digits",
        FieldKind.Past => "birth",
        _ => null,
    };

    /// <summary>Where a limit is worth telling before the form is sent; a state may be typed by its name.</summary>
    public int? MaxLength => Declared.Kind == FieldKind.State ? 30 : Declared.Longest > 120 ? Declared.Longest : null;

    /// <summary>Only of the birth date, which everybody has, the form shows how it is typed.</summary>
    public string? Placeholder => Declared is { Kind: FieldKind.Past, Required: false } ? "" : null;

    public IEnumerable<SelectListItem>? Options => choices?.Items(Declared.Blank);

    public string? this[PatientForm form]
    {
        get => (string?)typed.GetValue(form);
        set => typed.SetValue(form, value);
    }

    /// <summary>The fields of a section by the lines of the form: short ones that follow each other share one.</summary>
    public static IReadOnlyList<IReadOnlyList<PatientField>> Lines(IEnumerable<PatientField> section)
    {
        var lines = new List<List<PatientField>>();
        foreach (var field in section)
        {
            if (field.Declared.Short && lines.Count > 0 && lines[^1].TrueForAll(f => f.Declared.Short))
            {
                lines[^1].Add(field);
            }
            else
            {
                lines.Add([field]);
            }
        }

        return lines;
    }

    /// <summary>How people read what is in it.</summary>
    public string? InWords(string? value) =>
        value is null ? null : choices?.Label(value) ?? (Declared.Kind == FieldKind.Phone ? TypedPhone.Show(value) : value);

    /// <summary>Of a patient, as people read it; null when nothing is kept or a rule says it.</summary>
    public string? InWords(Patient patient) => kept is null ? null : InWords(Text(kept.GetValue(patient)));

    /// <summary>As it is stored, for programs.</summary>
    public string? Stored(Patient patient) => kept?.GetValue(patient) switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        var value => (string?)value,
    };

    /// <summary>Fills the form's field from what is kept.</summary>
    public void Show(Patient patient, PatientForm form)
    {
        if (kept is not null)
        {
            typed.SetValue(form, Text(kept.GetValue(patient)));
        }
    }

    /// <summary>Writes what was typed into the patient.</summary>
    public void Write(PatientForm form, Patient patient, Reading read, bool fromSpreadsheet)
    {
        if (kept is null)
        {
            return;
        }

        var said = this[form];
        kept.SetValue(patient, Declared.Kind switch
        {
            FieldKind.Choice => (object?)(read.OneOf(Name, Label, said, choices!) ?? Declared.Default),
            FieldKind.Phone => read.Phone(Name, said),
            FieldKind.Email => read.Email(Name, said),
            FieldKind.Zip => read.Zip(Name, said, fromSpreadsheet),
            FieldKind.State => read.State(Name, said),
            FieldKind.Past => read.Past(Name, Label, said),
            _ => Declared.Required ? read.Required(Name, Label, said, Declared.Longest) : read.Text(Name, Label, said, Declared.Longest),
        });
    }

    private string? Text(object? value) => value switch
    {
        DateOnly day => Said.ShortDay(day),
        string text => Declared.Kind switch { FieldKind.Phone => TypedPhone.Show(text), FieldKind.Zip => Format.Zip(text), _ => text },
        _ => null,
    };
}
