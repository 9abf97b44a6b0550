using Modular.Sdk;

namespace Modular.Tests.Docs;

/// <summary>What the patient takes along.</summary>
public static class ReferralTexts
{
    // snippet: patient-texts
    public static string Slip(string? language, string specialist, DateOnly day)
    {
        var texts = PatientTexts.Of<ReferralsModule>(language);
        return texts.Say("See", specialist, texts.Day(day));
    }
    // end
}
