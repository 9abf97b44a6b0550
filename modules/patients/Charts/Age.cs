namespace Modular.Patients.Charts;

public static class Age
{
    /// <summary>Completed years. Born on February 29: a year older on March 1 of other years, as the states count it.</summary>
    public static int Years(DateOnly born, DateOnly on)
    {
        var years = on.Year - born.Year;
        return (on.Month, on.Day).CompareTo((born.Month, born.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>As the clinic says it: days for newborns, weeks to two months, months to two years, then years.</summary>
    public static string Said(DateOnly born, DateOnly on)
    {
        var days = on.DayNumber - born.DayNumber;
        var months = ((on.Year - born.Year) * 12) + on.Month - born.Month - (on.Day < born.Day ? 1 : 0);
        return days switch
        {
            < 0 => "",
            < 14 => Count(days, "day"),
            _ when months < 2 => Count(days / 7, "week"),
            _ when months < 24 => Count(months, "month"),
            _ => Count(Years(born, on), "year"),
        };
    }

    public static bool IsMinor(DateOnly born, DateOnly on) => Years(born, on) < 18;

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
