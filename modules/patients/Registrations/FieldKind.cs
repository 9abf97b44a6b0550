namespace Modular.Patients.Registrations;

/// <summary>How what is typed in a field is read, shown and kept.</summary>
public enum FieldKind
{
    Text,
    Choice,
    Phone,
    Email,
    Zip,
    State,

    /// <summary>A day that has happened.</summary>
    Past,
    Box,
}
