using System.Text;

namespace Modular.Sdk;

/// <summary>How names of code become names of tables, queues and addresses.</summary>
public static class Names
{
    /// <summary><c>PatientName</c> → <c>patient_name</c>.</summary>
    public static string Snake(string name) => Split(name, '_');

    /// <summary><c>DayBoard</c> → <c>day-board</c>.</summary>
    public static string Kebab(string name) => Split(name, '-');

    private static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != separator
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
