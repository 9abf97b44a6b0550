namespace Modular.Sdk;

/// <summary>Postal codes of states, the district and the territories.</summary>
public static class UsStates
{
    /// <summary>Code to name: MA, Massachusetts.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = (
        "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,"
        + "GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,"
        + "MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,"
        + "NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,"
        + "SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,"
        + "PR Puerto Rico,VI Virgin Islands,GU Guam,AS American Samoa,MP Northern Mariana Islands")
        .Split(',').ToDictionary(entry => entry[..2], entry => entry[3..]);

    private static readonly Dictionary<string, string> ByName =
        All.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Of a code or a full name, in any case; null when it is neither.</summary>
    public static string? Code(string text) =>
        text.ToUpperInvariant() is var code && All.ContainsKey(code) ? code : ByName.GetValueOrDefault(text);
}
