namespace Modular.Patients.Charts;

public static class Age
{
    /// <summary>Completed years. Born on February 29: a year older on March 1 of other years.</summary>
    public static int Years(DateOnly born, DateOnly on)
    {
        var years = on.Year - born.Year;
        return (on.Month, on.Day).CompareTo((born.Month, born.Day)) < 0 ? years - 1 : years;
    }

    public static bool IsMinor(DateOnly born, DateOnly on) => Years(born, on) < 18;
}
