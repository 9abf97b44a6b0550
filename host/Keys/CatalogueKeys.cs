using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Modular.Host.Practices;

namespace Modular.Host.Keys;

/// <summary>The data-protection keys in the catalogue, so that every host process reads the others' cookies.</summary>
public sealed class CatalogueKeys(Catalogue catalogue) : IXmlRepository
{
    // The repository's contract is synchronous; it is read at start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = catalogue.Database.CreateCommand("select xml from data_protection_keys order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = catalogue.Database.CreateCommand("insert into data_protection_keys (friendly_name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
