namespace Modular.Patients.Registrations;

/// <summary>
/// Declares a field of the patient, on the property of <see cref="PatientForm"/>: the form, the details on the chart, the columns of an import,
/// what a merge compares and what programs read follow from it. The patient has a property of the same name, unless the form has a rule for it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatientFieldAttribute(string section) : Attribute
{
    /// <summary>Heading that it stands under in the form.</summary>
    public string Section => section;

    /// <summary>The property's name in words when left out.</summary>
    public string? Label { get; set; }

    public FieldKind Kind { get; set; } = FieldKind.Text;

    /// <summary>Name of what it may hold, in <see cref="Registrations.Choices"/>.</summary>
    public string? Choices { get; set; }

    /// <summary>The first choice, for no answer; none when left out.</summary>
    public string? Blank { get; set; }

    /// <summary>Stored when nothing was said.</summary>
    public string? Default { get; set; }

    /// <summary>Letters that fit.</summary>
    public int Longest { get; set; } = 80;

    public string? Hint { get; set; }

    public bool Required { get; set; }

    /// <summary>Shares a half of the line with the short one beside it.</summary>
    public bool Short { get; set; }

    /// <summary>Read and written by a rule of <see cref="PatientForm"/>, not by its kind.</summary>
    public bool HasRule { get; set; }

    /// <summary>The chart says it in words of its own.</summary>
    public bool InChartWords { get; set; }

    /// <summary>Other headings under which files of old systems bring it.</summary>
    public string[] Headings { get; set; } = [];

    /// <summary>What a cell of a file may say.</summary>
    public string? Example { get; set; }

    /// <summary>Programs read and change it among the details of a patient.</summary>
    public bool ForPrograms { get; set; }
}
