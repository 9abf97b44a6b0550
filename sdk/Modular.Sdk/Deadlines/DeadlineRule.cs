namespace Modular.Sdk;

/// <summary>Which days a rule counts.</summary>
public enum DayCount
{
    /// <summary>Each day.</summary>
    Calendar,

    /// <summary>Business days of a law: <see cref="BusinessDays.Federal"/>.</summary>
    Federal,

    /// <summary>Business days of the practice: for what it promises itself.</summary>
    Practice,
}

/// <summary>How long there is for something, and who says so. It belongs into the module's code, beside what it is about.</summary>
/// <param name="Citation">The law, the contract or the practice's own rule, as people cite it.</param>
/// <param name="Days">From the day after the one it begins on.</param>
/// <param name="Extension">Days that may be added once, with a written reason; 0 where none may.</param>
/// <example><code>public static readonly DeadlineRule Answer = new("45 CFR 164.524(b)(2)", Days: 30, Extension: 30);</code></example>
public sealed record DeadlineRule(string Citation, int Days, DayCount Count = DayCount.Calendar, int Extension = 0);
