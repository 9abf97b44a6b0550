using Modular.Scheduling.FreeTime;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>What a person is told when a time cannot be booked.</summary>
public static class Sentences
{
    public static string Of(Verdict verdict, string? provider, Location location, DateTimeOffset start)
    {
        var who = provider ?? "This provider";
        var when = $"{Said.Time(start)} on {start:dddd, MMMM d}";
        return verdict.Fit switch
        {
            Fit.Taken => $"{when} with {who} was just taken.",
            Fit.NoRoom => $"No room is free at {when}.",
            Fit.Closed => $"{location.Name} is closed then: {verdict.Why}.",
            Fit.NotOpen => $"{location.Name} is not open at {when}.",
            Fit.Away => $"{who} is away then: {verdict.Why}.",
            Fit.Held => $"{who} keeps this time: {verdict.Why}.",
            Fit.NoEquipment => $"No {verdict.Why!.ToLowerInvariant()} is free at {when}.",
            Fit.OutsideHours => $"{who} has no hours at {when}.",
            _ => $"{who} cannot be booked at {location.Name}.",
        };
    }
}
